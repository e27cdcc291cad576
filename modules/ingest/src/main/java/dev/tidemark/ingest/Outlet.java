package dev.tidemark.ingest;

/** Where what was received goes. */
public interface Outlet extends AutoCloseable {
  /**
   * Publishes records and returns once all of them are safe.
   *
   * @return how many of them can never be published, such as a record larger than the topic takes
   * @throws Unavailable when they are not safe, and the client should try again
   */
  int publish(Batch batch) throws Unavailable;

  @Override
  void close();

  /** The records are not safe; the client keeps them and tries again. */
  final class Unavailable extends Exception {
    private static final long serialVersionUID = 1L;

    public Unavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
