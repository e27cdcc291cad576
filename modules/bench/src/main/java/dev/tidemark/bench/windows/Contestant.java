package dev.tidemark.bench.windows;

/** Somebody who reads the spans and makes windows of them, in a process of its own. */
public interface Contestant extends AutoCloseable {
  /** Starts; returns at once. */
  void start();

  /** Records of the source topics read so far, about. */
  long consumed();

  /** Why it cannot go on, or null. */
  String failure();

  @Override
  void close();
}
