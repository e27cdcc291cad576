package dev.tidemark.app;

/**
 * Something a user can act on: one sentence that says what, where and how to fix it, and the exit
 * code. It is printed without a stack trace unless {@code --debug} is given.
 */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int exitCode;

  private Failure(int exitCode, String sentence, Throwable cause) {
    super(sentence, cause);
    this.exitCode = exitCode;
  }

  /** It failed while running: exit code 1. */
  public static Failure failed(String sentence, Throwable cause) {
    return new Failure(ExitCode.FAILURE, sentence, cause);
  }

  /** The command line is wrong: exit code 2. */
  public static Failure usage(String sentence) {
    return new Failure(ExitCode.USAGE, sentence, null);
  }

  /** A server or a port cannot be had: exit code 69. */
  public static Failure unreachable(String sentence, Throwable cause) {
    return new Failure(ExitCode.UNREACHABLE, sentence, cause);
  }

  /** Refused by the server: exit code 77. */
  public static Failure denied(String sentence, Throwable cause) {
    return new Failure(ExitCode.DENIED, sentence, cause);
  }

  /** Set up wrongly: exit code 78. */
  public static Failure config(String sentence) {
    return new Failure(ExitCode.CONFIG, sentence, null);
  }

  /** What the process shall exit with. */
  public int exitCode() {
    return exitCode;
  }
}
