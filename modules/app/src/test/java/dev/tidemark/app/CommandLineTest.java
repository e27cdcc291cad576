package dev.tidemark.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
  @Test
  void shouldPrintHelpWithoutArguments() {
    var output = Output.of();

    assertThat(output.exitCode()).isZero();
    assertThat(output.out()).contains("tidemark demo").contains("topics").contains("Exit codes");
  }

  @Test
  void shouldRefuseUnknownFlagAndNameTheNearest() {
    var output = Output.of("topics", "plan", "--bootstrap-serve", "x:1");

    assertThat(output.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(output.err()).contains("--bootstrap-serve").contains("--bootstrap-server");
    assertThat(output.err()).contains("tidemark topics plan --help");
    assertThat(output.out()).isEmpty();
  }

  @Test
  void shouldSuggestTheCommandThatWasMeant() {
    var output = Output.of("alert");

    assertThat(output.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(output.err()).contains("alerts");
  }

  @Test
  void shouldTellUnreachableBrokerWithinTenSecondsInOneLine() throws IOException {
    int free;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    long started = System.nanoTime();

    var output = Output.of("topics", "plan", "--bootstrap-server", "127.0.0.1:" + free);

    assertThat(output.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(output.err().lines()).hasSize(1);
    assertThat(output.err()).contains("127.0.0.1:" + free).contains("--bootstrap-server");
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void shouldRefuseAddressWithoutPort() {
    var output = Output.of("topics", "plan", "--bootstrap-server", "kafka");

    assertThat(output.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(output.err()).contains("host:port");
  }

  @Test
  void shouldRefuseSecretOnTheCommandLine() {
    var output =
        Output.of("topics", "plan", "-b", "localhost:1", "-X", "sasl.jaas.config=very private");

    assertThat(output.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(output.err()).contains("--command-config").doesNotContain("very private");
  }

  @Test
  void shouldNameTheMissingConfigFileByItsFullPath(@TempDir Path directory) {
    Path missing = directory.resolve("client.properties");

    var output = Output.of("topics", "plan", "-b", "localhost:1", "-F", missing.toString());

    assertThat(output.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(output.err()).contains(missing.toString());
  }

  @Test
  void shouldTellPortInUseWithPortAndFlag() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var output = Output.of("demo", "--once", "--port", "" + taken.getLocalPort());

      assertThat(output.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
      assertThat(output.err()).contains("" + taken.getLocalPort()).contains("--port");
      assertThat(output.err().lines()).hasSize(1);
    }
  }

  @Test
  void shouldRefuseWhatIsNoPort() {
    var output = Output.of("demo", "--once", "--port", "99999");

    assertThat(output.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(output.err()).contains("--port 99999").contains("65535");
    assertThat(output.err().lines()).hasSize(1);
  }

  @Test
  void shouldRefuseToOpenThePageToOthersUnasked() {
    var output =
        Output.of(
            "run",
            "-b",
            "localhost:1",
            "-r",
            "mock://x",
            "--http-host",
            "0.0.0.0",
            "--state-dir",
            "unused");

    assertThat(output.exitCode()).isEqualTo(ExitCode.CONFIG);
    assertThat(output.err()).contains("0.0.0.0").contains("--http-name");
  }

  @Test
  void shouldTellThatNoPageAnswers() {
    var output = Output.of("states", "send_money", "--url", "http://127.0.0.1:1");

    assertThat(output.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(output.err()).contains("http://127.0.0.1:1").contains("--url");
    assertThat(output.err().lines()).hasSize(1);
    assertThat(Output.of("states", "--url", "7080").exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void shouldRefusePrefixThatIsNotKebabCase() {
    var output = Output.of("topics", "list", "--topic-prefix", "Team.A");

    assertThat(output.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(output.err()).contains("Team.A").contains("kebab-case");
  }

  @Test
  void shouldListTopicsAsJsonLines() {
    var output = Output.of("topics", "list", "-o", "jsonl", "--topic-prefix", "team-a");

    assertThat(output.exitCode()).isZero();
    assertThat(output.out().lines()).anyMatch(line -> line.contains("\"team-a-agent-spans\""));
    assertThat(output.out().lines()).allMatch(line -> line.startsWith("{\"schema\":"));
  }
}
