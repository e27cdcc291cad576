package dev.tidemark.app;

/** What the command tells the shell. The numbers follow grep and sysexits. */
public final class ExitCode {
  /** Done. */
  public static final int OK = 0;

  /** It failed while running. */
  public static final int FAILURE = 1;

  /** The command line is wrong. */
  public static final int USAGE = 2;

  /** The check ran and found a problem. */
  public static final int FOUND = 3;

  /** A broker, a registry or a port cannot be had. */
  public static final int UNREACHABLE = 69;

  /** Authentication or authorization was refused. */
  public static final int DENIED = 77;

  /** Something is set up wrongly: topics, files, values. */
  public static final int CONFIG = 78;

  /** Interrupted with Ctrl-C. */
  public static final int INTERRUPTED = 130;

  /** Whoever read our output has gone, as in {@code | head}. */
  public static final int PIPE_CLOSED = 141;

  private ExitCode() {}
}
