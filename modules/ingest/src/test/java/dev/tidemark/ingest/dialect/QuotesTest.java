package dev.tidemark.ingest.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.dialect.Normalized;
import dev.tidemark.core.dialect.Normalizer;
import dev.tidemark.core.dialect.NormalizerSettings;
import dev.tidemark.core.otlp.OtlpLog;
import dev.tidemark.core.otlp.OtlpSpan;
import dev.tidemark.core.redact.ContentRules;
import dev.tidemark.records.AgentContent;
import dev.tidemark.records.ContentRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose words are kept of what OTLP carries: of those who asked, redacted and cut. */
class QuotesTest {
  private static final ContentRules EVERYTHING =
      ContentRules.off().tool(ContentRules.EVERY, ContentRules.EVERY).models(ContentRules.EVERY);

  private static Told tool() {
    return Told.span(1, "gen_ai.operation.name", "execute_tool", "gen_ai.tool.name", "search")
        .with("gen_ai.tool.call.id", "call-1", "gen_ai.conversation.id", "conv-1")
        .with("gen_ai.tool.call.arguments", Map.of("to", "ann@example.com"))
        .with("gen_ai.tool.call.result", "four hits");
  }

  private static Told chat() {
    return Told.span(2, "gen_ai.operation.name", "chat", "gen_ai.request.model", "m")
        .with("gen_ai.input.messages", "[{\"role\":\"user\",\"content\":\"book me\"}]")
        .with("gen_ai.output.messages", "done");
  }

  private static Normalizer keeping(ContentRules rules) {
    return Normalizer.of(NormalizerSettings.standard().withContent(rules));
  }

  private static List<AgentContent> kept(ContentRules rules, String tenant, Told... spans) {
    List<AgentContent> kept = new ArrayList<>();
    for (OtlpSpan span : Told.all(spans)) {
      kept.addAll(keeping(rules).forTenant(tenant).normalize(span).contents());
    }
    return kept;
  }

  @Test
  void shouldKeepNothingUnlessAsked() {
    assertThat(kept(ContentRules.off(), "default", tool(), chat())).isEmpty();
    assertThat(kept(ContentRules.off().tool("acme", "pay"), "acme", tool(), chat())).isEmpty();
    assertThat(kept(ContentRules.off().tool("acme", "search"), "globex", tool(), chat())).isEmpty();
  }

  @Test
  void shouldKeepArgumentsAndResultOfOneToolOfOneTenantRedacted() {
    List<AgentContent> kept =
        kept(ContentRules.off().tool("acme", "search"), "acme", tool(), chat());
    assertThat(kept)
        .extracting(AgentContent::getRole)
        .containsExactly(ContentRole.ARGUMENTS, ContentRole.RESULT);
    AgentContent arguments = kept.get(0);
    assertThat(arguments.getText()).isEqualTo("{\"to\":\"[redacted:email]\"}");
    assertThat(arguments.getRedactions()).containsEntry("email", 1L);
    assertThat(arguments.getToolName()).isEqualTo("search");
    assertThat(arguments.getToolCallId()).isEqualTo("call-1");
    assertThat(arguments.getConversationId()).isEqualTo("conv-1");
    assertThat(arguments.getTenant()).isEqualTo("acme");
    assertThat(arguments.getOriginalBytes()).isEqualTo(24);
    assertThat(kept.get(1).getText()).isEqualTo("four hits");
  }

  @Test
  void shouldCountWhatWasRedactedInTheReportOfTheSpan() {
    Normalized one = keeping(EVERYTHING).normalize(tool().build());
    assertThat(one.redacted().counts()).containsEntry("email", 1L);
  }

  @Test
  void shouldKeepWhatModelsAreToldAndAnswer() {
    assertThat(kept(EVERYTHING, "default", chat()))
        .extracting(AgentContent::getRole)
        .containsExactly(ContentRole.PROMPT, ContentRole.COMPLETION);
  }

  @Test
  void shouldCutWhatIsLong() {
    AgentContent long1 =
        kept(
                EVERYTHING.limitBytes(100),
                "default",
                tool().with("gen_ai.tool.call.result", "x".repeat(1_000_000)))
            .get(1);
    assertThat(long1.getText()).hasSizeLessThanOrEqualTo(100);
    assertThat(long1.getTruncated()).isTrue();
    assertThat(long1.getOriginalBytes()).isEqualTo(1_000_000);
  }

  /** Messages spread over numbered attributes come in the order of their numbers. */
  @Test
  void shouldGatherMessagesThatAreSpreadOverAttributes() {
    Told spread =
        Told.span(1, "gen_ai.operation.name", "chat", "traceloop.entity.name", "x")
            .with("gen_ai.prompt.10.content", "last", "gen_ai.prompt.2.content", "middle")
            .with("gen_ai.prompt.0.content", "first", "gen_ai.completion.0.content", "yes");
    assertThat(kept(EVERYTHING, "default", spread))
        .extracting(AgentContent::getText)
        .containsExactly("first", "middle", "last", "yes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vercel-ai-sdk-6.0.326.pb",
        "langchain-1.5.14.pb",
        "openai-agents-0.20.0.pb",
        "traceloop-0.27.0-1.pb"
      })
  void shouldFindTheWordsOfRealClients(String capture) throws Exception {
    List<AgentContent> kept = new ArrayList<>();
    Captures.of(capture)
        .forEach(span -> kept.addAll(keeping(EVERYTHING).normalize(span).contents()));
    assertThat(kept).extracting(AgentContent::getRole).contains(ContentRole.PROMPT);
    assertThat(kept).allSatisfy(one -> assertThat(one.getText()).isNotEmpty());
    assertThat(kept.toString()).doesNotContain("4111111111111111");
  }

  @Test
  void shouldKeepWhatAModelCallTellsInALogRecord() {
    OtlpLog log =
        new OtlpLog(
            Map.of(),
            null,
            null,
            Told.TRACE,
            "00f067aa0ba902b7",
            1_790_000_000_000_000_000L,
            "gen_ai.client.inference.operation.details",
            null,
            Map.of("gen_ai.input.messages", "hello", "gen_ai.output.messages", "hi"));
    assertThat(keeping(EVERYTHING).normalize(log).contents())
        .extracting(AgentContent::getText)
        .containsExactly("hello", "hi");
    assertThat(Normalizer.standard().normalize(log).contents()).isEmpty();
  }
}
