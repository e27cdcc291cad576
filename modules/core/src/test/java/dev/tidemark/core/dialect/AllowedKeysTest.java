package dev.tidemark.core.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.redact.AttributeFilter;
import dev.tidemark.core.redact.AttributeFilter.Use;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The tables of keys read nothing that quotes, and nothing that nobody allowed. */
class AllowedKeysTest {
  /** Measured and hashed; what is said in them goes where content is asked for, and only there. */
  private static final Set<Field> CONTENT =
      EnumSet.of(
          Field.ARGUMENTS, Field.RESULT, Field.TOOL_DEFINITION, Field.PROMPT, Field.COMPLETION);

  /** A version, an id and a fingerprint: they quote nobody. */
  private static final Set<String> NAMED_HERE =
      Set.of("agent_version", "message.tool_call_id", "openai.response.system_fingerprint");

  @Test
  void shouldTakeFieldsFromMetadataOnly() {
    AttributeFilter filter = AttributeFilter.standard();
    for (Dialect dialect : dialects()) {
      Keys keys = dialect.keys().then(Vendors.KEYS);
      for (Field field : Field.values()) {
        for (Key at : keys.of(field)) {
          String key = at.attribute();
          if (at.member() == null && !NAMED_HERE.contains(key) && !CONTENT.contains(field)) {
            assertThat(filter.use(key)).as("%s %s", dialect.name(), key).isEqualTo(Use.METADATA);
          }
        }
      }
    }
  }

  private static List<Dialect> dialects() {
    return List.of(
        new GenAi(),
        new OpenInference(),
        new VercelAi(),
        new Traceloop(),
        new LangSmith(),
        new PydanticAi(),
        new Langfuse());
  }
}
