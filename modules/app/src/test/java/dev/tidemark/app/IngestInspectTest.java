package dev.tidemark.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestInspectTest {
  private static final String CAPTURES = "modules/ingest/src/test/resources/captures/";
  private static final String AGENTS = CAPTURES + "openai-agents-0.20.0.pb";
  @TempDir Path directory;

  private static JsonNode json(Output output) throws IOException {
    assertThat(output.exitCode()).as(output.err()).isZero();
    return new ObjectMapper().readTree(output.out());
  }

  @Test
  void shouldTellEveryRunOfAProtobufBody() throws IOException {
    JsonNode told =
        json(Output.of("ingest", "inspect", Repository.path(AGENTS).toString(), "-o", "json"));

    assertThat(told.at("/dialects/openinference").asInt()).isEqualTo(51);
    JsonNode runs = told.path("runs");
    assertThat(runs.findValuesAsText("attempts")).containsExactly("2", "2", "2", "0");
    assertThat(runs.findValuesAsText("toolCalls")).containsExactly("1", "2", "2", "0");
    assertThat(runs.findValuesAsText("retries")).containsExactly("1", "0", "0", "0");
    assertThat(runs.findValuesAsText("silentRecovery"))
        .containsExactly("true", "false", "false", "false");
    assertThat(runs.findValuesAsText("rejections")).containsExactly("0", "2", "0", "0");
    assertThat(runs.findValuesAsText("denials")).containsExactly("0", "0", "0", "1");
    assertThat(runs.findValuesAsText("inputTokens")).containsExactly("306", "315", "324", "0");
    assertThat(told.at("/leftBehind/content").asInt()).isPositive();
  }

  @Test
  void shouldReadZippedJsonAndJoinRunsByConversation() throws IOException {
    Path zipped = directory.resolve("body");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
      Files.copy(Repository.path(CAPTURES + "vercel-ai-sdk-6.0.326.json"), out);
    }

    var output = Output.of("ingest", "inspect", zipped.toString());

    assertThat(output.exitCode()).isZero();
    assertThat(output.out())
        .contains("travel-agent")
        .contains("conversations with several runs: conv-42 2")
        .doesNotContain("4111")
        .doesNotContain("Paris");
  }

  @Test
  void shouldReadTheStandardInput() throws IOException {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(Files.readAllBytes(Repository.path(AGENTS))));
    try {
      assertThat(Output.of("ingest", "inspect", "-", "-o", "jsonl").out().lines()).hasSize(4);
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void shouldSayInOneSentenceWhatIsNoBody() throws IOException {
    Path text = Files.writeString(directory.resolve("notes.txt"), "not telemetry at all");

    var output = Output.of("ingest", "inspect", text.toString());

    assertThat(output.exitCode()).isEqualTo(ExitCode.FOUND);
    assertThat(output.err().lines()).hasSize(1);
    assertThat(output.err()).contains("notes.txt").doesNotContain("telemetry at all");
    assertThat(output.out()).isEmpty();
  }

  @Test
  void shouldNameAFileThatIsNotThere() {
    var output = Output.of("ingest", "inspect", directory.resolve("none.pb").toString());

    assertThat(output.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(output.err()).contains("none.pb does not exist").contains("check the path");
  }
}
