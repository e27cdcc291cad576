package dev.tidemark.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void shouldPrintNoEscapeSequenceWithoutTerminal() {
    Screen screen = screen(false);

    screen.block(List.of("progress"));
    screen.line("alert");

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("alert" + System.lineSeparator());
    assertThat(err.size()).isZero();
  }

  @Test
  void shouldRedrawTheBlockBelowLinesThatStay() {
    Screen screen = screen(true);

    screen.block(List.of("one", "two"));
    screen.line("alert");

    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("one\ntwo\n")
        .contains("\u001b[2A")
        .endsWith("one\ntwo\n");
  }

  @Test
  void shouldCutTheBlockToTheTerminal() {
    Screen screen = screen(true);

    screen.block(List.of("x".repeat(100), "2", "3", "4", "5", "6", "7", "8"));

    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .hasSize(6)
        .first()
        .isEqualTo("x".repeat(60));
  }

  private Screen screen(boolean terminal) {
    return new Screen(
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            terminal,
            false),
        8,
        60);
  }
}
