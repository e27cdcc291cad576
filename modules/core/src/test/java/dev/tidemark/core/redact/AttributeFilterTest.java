package dev.tidemark.core.redact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.redact.AttributeFilter.Use;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What describes may be read, what quotes is content, what nobody knows is not read. */
class AttributeFilterTest {
  private final AttributeFilter filter = AttributeFilter.standard();

  @ParameterizedTest
  @CsvSource({
    "gen_ai.tool.name, METADATA",
    "gen_ai.usage.input_tokens, METADATA",
    "gen_ai.prompt.version, METADATA",
    "service.version, METADATA",
    "error.type, METADATA",
    "ai.toolCall.name, METADATA",
    "gen_ai.tool.call.arguments, CONTENT",
    "gen_ai.prompt.0.content, CONTENT",
    "llm.input_messages.0.message.content, CONTENT",
    "ai.prompt.messages, CONTENT",
    "input.value, CONTENT",
    "exception.message, CONTENT",
    "exception.stacktrace, CONTENT",
    "http.url, NONE",
    "url.full, NONE",
    "db.statement, NONE",
    "user.email, NONE",
    "enduser.id, NONE",
    "http.request.header.authorization, NONE",
    "baggage.password, NONE",
    "sk-proj-A1b2C3d4E5f6G7h8I9j0, NONE",
  })
  void shouldKnowWhatAnAttributeMayBeUsedFor(String key, Use use) {
    assertThat(filter.use(key)).isEqualTo(use);
  }

  @Test
  void shouldAllowWhatADeploymentNames() {
    assertThat(filter.allowing("acme.team").allows("acme.team")).isTrue();
    assertThat(filter.allows("acme.team")).isFalse();
    assertThat(filter.allowing("acme.team").allows("acme.team.lead")).isFalse();
  }
}
