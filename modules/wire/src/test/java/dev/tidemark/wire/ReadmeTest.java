package dev.tidemark.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.AgentSpan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

/** The README says what is so. */
class ReadmeTest {
  private static final Path MODULE = Path.of(System.getProperty("basedir", "."));

  @Test
  void shouldListEverySettingWithItsDefault() throws IOException {
    String readme = Files.readString(MODULE.resolve("README.md"));
    for (ConfigDef.ConfigKey key : AvroConfig.definition().configKeys().values()) {
      String shown = ConfigDef.convertToString(key.defaultValue, key.type);
      boolean secretOrEmpty =
          key.type == ConfigDef.Type.PASSWORD || shown == null || shown.isEmpty();
      assertThat(readme)
          .contains("| `" + key.name + "` | " + (secretOrEmpty ? "" : "`" + shown + "` ") + "|");
    }
    assertThat(readme).contains("`" + AvroConfig.SERIALIZER, "`" + AvroConfig.DESERIALIZER);
  }

  @Test
  void shouldRunTheExample() throws IOException {
    AgentSpan span = new RandomRecords(1).of(AgentSpan.class);
    try (var registry = new RegistryFixture()) {
      Map<String, String> settings = Map.of("schema.registry.url", registry.url());
      // The lines of the README, with the address of this test's registry.
      AvroSerdes serdes = AvroSerdes.of(settings);
      Serde<AgentSpan> spans = serdes.value(AgentSpan.class);
      byte[] bytes = spans.serializer().serialize("agent-spans", span);
      AgentSpan back = spans.deserializer().deserialize("agent-spans", bytes);
      assertThat(back).isEqualTo(span);
    }
    Path here = MODULE.resolve("src/test/java/dev/tidemark/wire/ReadmeTest.java");
    assertThat(Files.readString(here)).contains(exampleLines());
  }

  private static List<String> exampleLines() throws IOException {
    String readme = Files.readString(MODULE.resolve("README.md"));
    String example = readme.substring(readme.indexOf("```java") + 7);
    return example
        .substring(0, example.indexOf("```"))
        .strip()
        .lines()
        .filter(line -> !line.contains("AvroSerdes.of"))
        .toList();
  }
}
