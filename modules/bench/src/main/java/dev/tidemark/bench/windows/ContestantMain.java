package dev.tidemark.bench.windows;

/** One contestant in a process of its own: prints how far it has read until it is told to end. */
public final class ContestantMain {
  private static final long TELL_EVERY_MS = 10;

  private ContestantMain() {}

  /** Arguments: a {@link RunSpec}. Prints {@code consumed <records>} and {@code failed <why>}. */
  public static void main(String[] args) throws InterruptedException {
    RunSpec spec = RunSpec.of(args);
    Contestant contestant = Contestants.open(spec);
    Parent.watch(contestant::close);
    contestant.start();
    long told = -1;
    while (true) {
      Thread.sleep(TELL_EVERY_MS);
      long consumed = contestant.consumed();
      if (consumed != told) {
        System.out.println("consumed " + consumed);
        told = consumed;
      }
      if (contestant.failure() != null) {
        System.out.println("failed " + contestant.failure());
        return;
      }
    }
  }
}
