package dev.tidemark.app;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command prints: data on the standard output, messages on the standard error.
 *
 * @param out data
 * @param err messages
 * @param interactive both ends are a terminal that understands cursor movement
 * @param colour escape sequences for colour may be used
 */
public record Console(PrintStream out, PrintStream err, boolean interactive, boolean colour) {

  /**
   * The process's own streams. The launcher knows whether they are a terminal; NO_COLOR and
   * TERM=dumb are respected.
   */
  public static Console system() {
    boolean terminal =
        Boolean.getBoolean("tidemark.terminal")
            && System.getenv("TERM") != null
            && !"dumb".equals(System.getenv("TERM"));
    String noColour = System.getenv("NO_COLOR");
    boolean colour = terminal && (noColour == null || noColour.isEmpty());
    return new Console(utf8(System.out), utf8(System.err), terminal, colour);
  }

  private static PrintStream utf8(PrintStream stream) {
    return new PrintStream(stream, true, StandardCharsets.UTF_8);
  }

  /** Prints one line of data. */
  public void data(String line) {
    out.println(line);
    if (out.checkError()) {
      throw new PipeClosed();
    }
  }

  /** Prints one line to whoever watches. */
  public void say(String line) {
    err.println(line);
  }

  /** The text in bold where colours are allowed. */
  public String bold(String text) {
    return colour ? "\u001b[1m" + text + "\u001b[0m" : text;
  }

  /**
   * Text of unknown origin made safe for a terminal: control characters are shown, not obeyed.
   *
   * @param text may be null
   */
  public static String safe(CharSequence text) {
    if (text == null) {
      return "-";
    }
    var shown = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                shown.append(String.format("\\u%04x", c));
              } else {
                shown.appendCodePoint(c);
              }
            });
    return shown.toString();
  }

  /** The reader of the standard output has gone. */
  static final class PipeClosed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
