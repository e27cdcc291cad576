package dev.tidemark.app.demo;

import dev.tidemark.app.Console;
import java.util.List;

/**
 * A terminal with lines that stay and a block below them that is redrawn. Where there is no
 * terminal the block is left out and only the lines that stay are printed. Thread-safe.
 */
final class Screen {
  private final Console console;
  private final int height;
  private final int width;
  private int drawn;
  private List<String> block = List.of();

  /**
   * @param height lines the terminal has
   * @param width columns the terminal has
   */
  Screen(Console console, int height, int width) {
    this.console = console;
    this.height = Math.max(height, 8);
    this.width = Math.max(width, 40);
  }

  /** A screen of the size that LINES and COLUMNS tell. */
  static Screen of(Console console) {
    return new Screen(console, size("LINES", 40), size("COLUMNS", 160));
  }

  private static int size(String variable, int otherwise) {
    try {
      return Integer.parseInt(System.getenv().getOrDefault(variable, "" + otherwise));
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  boolean live() {
    return console.interactive();
  }

  /** Prints a line that stays, to the standard output. */
  synchronized void line(String text) {
    erase();
    console.data(text);
    draw();
  }

  /** Prints a message that stays, to the standard error. */
  synchronized void message(String text) {
    erase();
    console.say(text);
    draw();
  }

  /** Replaces the block. Does nothing without a terminal. */
  synchronized void block(List<String> lines) {
    if (live()) {
      erase();
      block = lines.subList(0, Math.min(lines.size(), height - 2));
      draw();
    }
  }

  /** Removes the block for good. */
  synchronized void clear() {
    erase();
    block = List.of();
  }

  private void erase() {
    if (drawn > 0) {
      console.err().print("\u001b[" + drawn + "A\r\u001b[J");
      console.err().flush();
      drawn = 0;
    }
  }

  private void draw() {
    if (live()) {
      for (String line : block) {
        console.err().println(line.length() > width ? line.substring(0, width) : line);
      }
      console.err().flush();
      drawn = block.size();
    }
  }
}
