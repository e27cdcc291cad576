package dev.tidemark.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.tidemark.ingest.receive.Tokens;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Containers cannot be started here: everything that can be checked without an engine is. */
class DeployFilesTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final ObjectMapper JSON = new ObjectMapper();
  private final JsonNode services = yaml("docker-compose.yml").get("services");

  @Test
  void shouldParseEveryFileOfDeploy() throws IOException {
    try (Stream<Path> files = Files.walk(Repository.path("deploy"))) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      assertThat(all).isNotEmpty();
      for (Path file : all) {
        if (file.toString().endsWith(".json")) {
          assertThat(JSON.readTree(file.toFile()).isObject()).as("%s", file).isTrue();
        } else if (file.toString().endsWith(".yml")) {
          assertThat(YAML.readTree(file.toFile()).isObject()).as("%s", file).isTrue();
        }
      }
    }
  }

  @Test
  void shouldPinEveryImageToARelease() {
    for (JsonNode service : services) {
      String image = service.get("image").asText();
      assertThat(image).matches("tidemark:local|[a-z/.-]+:v?[0-9]+\\.[0-9]+\\.[0-9]+.*");
    }
    Pattern.compile("^FROM (\\S+)", Pattern.MULTILINE)
        .matcher(Repository.text("deploy/docker/Dockerfile"))
        .results()
        .forEach(from -> assertThat(from.group(1)).matches("[a-z/-]+:[0-9]+\\.[0-9]+\\.[0-9]+.*"));
  }

  @Test
  void shouldPublishPortsOnLoopbackOnly() {
    for (JsonNode service : services) {
      for (JsonNode port : service.path("ports")) {
        assertThat(port.asText()).startsWith("127.0.0.1:");
      }
    }
  }

  @Test
  void shouldWaitForHealthAndNotForTime() {
    for (JsonNode service : services) {
      for (var other : service.path("depends_on").properties()) {
        JsonNode wanted = services.get(other.getKey());
        assertThat(wanted).as(other.getKey()).isNotNull();
        String condition = other.getValue().get("condition").asText();
        if (condition.equals("service_healthy")) {
          assertThat(isChecked(wanted)).as(other.getKey()).isTrue();
        } else {
          assertThat(condition).isEqualTo("service_completed_successfully");
        }
      }
    }
  }

  @Test
  void shouldGiveOnlyCommandsThatParse() {
    var commands = new ArrayList<JsonNode>();
    services.forEach(
        service -> {
          if (service.get("image").asText().startsWith("tidemark:")) {
            commands.add(service.get("command"));
          }
        });
    commands.add(json("CMD", "(?m)^CMD (\\[.*])$"));

    assertThat(commands).hasSizeGreaterThanOrEqualTo(4);
    for (JsonNode command : commands) {
      var words = new ArrayList<String>();
      command.forEach(word -> words.add(word.asText()));
      words.addAll(List.of("--bootstrap-server", "kafka:9092"));
      assertThatCode(() -> parse(words)).as("%s", words).doesNotThrowAnyException();
    }
  }

  @Test
  void shouldMountOnlyFilesThatExist() {
    for (JsonNode service : services) {
      for (JsonNode volume : service.path("volumes")) {
        String source = beforeColon(volume.asText());
        if (source.startsWith(".")) {
          assertThat(Repository.path(source)).exists();
        }
      }
    }
  }

  @Test
  void shouldRunAsOrdinaryUserOnGlibcWithTheLauncher() {
    String dockerfile = Repository.text("deploy/docker/Dockerfile");

    assertThat(dockerfile).contains("USER tidemark").doesNotContain("alpine");
    assertThat(dockerfile).contains("HEALTHCHECK").contains("/readyz");
    assertThat(json("ENTRYPOINT", "(?m)^ENTRYPOINT (\\[.*])$").get(0).asText())
        .isEqualTo("tidemark");
    assertThat(dockerfile.lines().filter(line -> line.startsWith("EXPOSE")))
        .containsExactly("EXPOSE 7080 4317 4318");
  }

  @Test
  void shouldScrapeWhatComposeStarts() {
    JsonNode target =
        yaml("deploy/prometheus/prometheus.yml").at("/scrape_configs/0/static_configs/0/targets/0");

    assertThat(services.has(beforeColon(target.asText()))).isTrue();
  }

  /** Who listens for others wants tokens, and the files say which ports those are. */
  @Test
  void shouldReceiveOtlpFromThisMachineWithAToken() {
    JsonNode tidemark = services.get("tidemark");
    List<String> words = new ArrayList<>();
    tidemark.get("command").forEach(word -> words.add(word.asText()));
    assertThat(words.get(words.indexOf("--roles") + 1)).contains("ingest");
    assertThat(words).contains("--otlp-host", "--otlp-tokens");
    assertThat(tidemark.get("ports").toString())
        .contains("127.0.0.1:4317:4317", "127.0.0.1:4318:4318");
    assertThatCode(() -> Tokens.open(Repository.path("deploy/otlp/tokens")))
        .doesNotThrowAnyException();
  }

  private static String beforeColon(String text) {
    return text.substring(0, text.indexOf(':'));
  }

  private static boolean isChecked(JsonNode service) {
    return service.path("healthcheck").has("test")
        || (service.get("image").asText().equals("tidemark:local")
            && !service.path("healthcheck").path("disable").asBoolean());
  }

  private static JsonNode json(String what, String pattern) {
    var matcher = Pattern.compile(pattern).matcher(Repository.text("deploy/docker/Dockerfile"));
    assertThat(matcher.find()).as(what).isTrue();
    try {
      return JSON.readTree(matcher.group(1));
    } catch (IOException e) {
      throw new AssertionError(what + " is not a JSON array", e);
    }
  }

  private static void parse(List<String> words) {
    var nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    Tidemark.commandLine(new Console(nowhere, nowhere, false, false))
        .parseArgs(words.toArray(String[]::new));
  }

  private static JsonNode yaml(String path) {
    try {
      return YAML.readTree(Repository.path(path).toFile());
    } catch (IOException e) {
      throw new AssertionError(path, e);
    }
  }
}
