package dev.tidemark.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.core.redact.ContentRules;
import dev.tidemark.core.redact.Redactor;
import dev.tidemark.records.AgentContent;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.ContentRole;
import dev.tidemark.records.EventType;
import dev.tidemark.records.FailMode;
import dev.tidemark.records.Verdict;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What was said is kept only where somebody asked, and what guardrails said always is. */
class ContentTest {
  private final Inbox inbox = new Inbox();
  private final CaptureConfig config =
      CaptureConfig.of(
              Map.of("bootstrap.servers", "127.0.0.1:9", "schema.registry.url", "mock://content"))
          .tenant("airline");

  @Test
  void shouldKeepNothingUnlessAsked() {
    talk(config);
    assertThat(inbox.spans).hasSize(4);
    assertThat(inbox.contents).isEmpty();
  }

  @Test
  void shouldKeepWhatOneToolOfOneTenantSays() {
    talk(config.content(ContentRules.off().tool("airline", "search")));
    assertThat(inbox.contents)
        .extracting(AgentContent::getRole)
        .containsExactly(ContentRole.ARGUMENTS, ContentRole.RESULT);
    AgentContent arguments = inbox.contents.get(0);
    assertThat(arguments.getText()).isEqualTo("{\"to\":\"SEA\"}");
    assertThat(arguments.getToolName()).isEqualTo("search");
    assertThat(arguments.getToolCallId()).isEqualTo("call-1");
    assertThat(arguments.getSpanId()).isEqualTo(inbox.spans.get(0).getSpanId());
    assertThat(arguments.getTimeMs()).isEqualTo(inbox.spans.get(0).getEndMs());
    assertThat(arguments.getOriginalBytes()).isEqualTo(12);
  }

  @Test
  void shouldNotKeepThoseOfAnotherTenant() {
    talk(config.content(ContentRules.off().tool("bank", ContentRules.EVERY).models("bank")));
    assertThat(inbox.contents).isEmpty();
  }

  @Test
  void shouldKeepWhatModelsAreToldAndAnswer() {
    talk(config.content(ContentRules.off().models(ContentRules.EVERY)));
    assertThat(inbox.contents)
        .extracting(AgentContent::getRole)
        .containsExactly(ContentRole.PROMPT, ContentRole.PROMPT, ContentRole.COMPLETION);
    assertThat(inbox.contents).extracting(AgentContent::getPart).containsExactly(0, 1, 0);
  }

  /** A prompt of a megabyte does not wait as one; the record still says how long it was. */
  @Test
  void shouldHoldNoMoreThanTheLimitAsks() {
    ContentRules rules = ContentRules.off().models("airline").limitBytes(100);
    try (Run run = AgentCapture.of(config.content(rules), inbox).startRun("a").start()) {
      run.modelCall("m").prompt("x".repeat(1_000_000)).ok();
    }
    AgentContent said = inbox.contents.get(0);
    assertThat(said.getText()).hasSizeLessThan(2_000);
    assertThat(said.getOriginalBytes()).isEqualTo(1_000_000);
    AgentContent clean = Redactor.standard().content(said, 100).record();
    assertThat(clean.getTruncated()).isTrue();
    assertThat(clean.getText()).hasSize(98).endsWith("\u2026");
  }

  @Test
  void shouldRedactWordsAndSayByWhichRule() {
    AgentContent said = new AgentContent();
    said.setTraceId("0af7651916cd43dd8448eb211c80319c");
    said.setTenant("t");
    said.setEnvironment("e");
    said.setAgentName("a");
    said.setRole(ContentRole.PROMPT);
    said.setText("mail ann@example.com,\nthen bob@example.com with AKIAIOSFODNN7EXAMPLE");
    said.setRedactions(Map.of());
    AgentContent clean = Redactor.standard().content(said, 1_000).record();
    assertThat(clean.getText())
        .isEqualTo("mail [redacted:email],\nthen [redacted:email] with [redacted:aws_key]");
    assertThat(clean.getRedactions()).isEqualTo(Map.of("email", 2L, "aws_key", 1L));
    assertThat(said.getText()).as("the caller's record").contains("ann@");
  }

  @Test
  void shouldTellWhatGuardrailsSaid() {
    try (Run run = AgentCapture.of(config, inbox).startRun("a").start()) {
      ToolCall call = run.toolCall("pay");
      run.guardrail("amount-limit").policy("payments", "3").about(call, "pay").denied();
      call.denied("amount-limit");
      run.guardrail("tone").deniedInShadow();
      run.guardrail("pii").undecided(FailMode.CLOSED);
    }
    AgentEvent denied = inbox.events.get(0);
    assertThat(denied.getType()).isEqualTo(EventType.GUARDRAIL_DECISION);
    assertThat(denied.getPolicyRule()).isEqualTo("amount-limit");
    assertThat(denied.getPolicyVersion()).isEqualTo("3");
    assertThat(denied.getSpanId()).isEqualTo(inbox.spans.get(0).getSpanId());
    assertThat(inbox.events)
        .extracting(AgentEvent::getVerdict)
        .containsExactly(Verdict.DENY, Verdict.DENY, Verdict.UNKNOWN);
    assertThat(inbox.events)
        .extracting(AgentEvent::getEnforced)
        .containsExactly(Verdict.DENY, Verdict.ALLOW, Verdict.DENY);
  }

  @Test
  void shouldContinueATraceThatCameWithAMessage() {
    var context = new TraceContext("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", true);
    try (Run run = AgentCapture.of(config, inbox).startRun("a").within(context).start()) {
      assertThat(run.context().traceId()).isEqualTo(context.traceId());
      try (ToolCall call = run.toolCall("search")) {
        assertThat(call.context().spanId()).isEqualTo(call.spanId());
      }
    }
    assertThat(inbox.spans.get(1).getParentSpanId()).isEqualTo("b7ad6b7169203331");
  }

  @Test
  void shouldSayWhichLimitIsWrong() {
    assertThatThrownBy(() -> ContentRules.off().limitBytes(1))
        .hasMessage("content limit is 1 bytes: use a value from 64 to 262144");
  }

  private void talk(CaptureConfig how) {
    try (Run run = AgentCapture.of(how, inbox).startRun("booking").start()) {
      run.toolCall("search").callId("call-1").arguments("{\"to\":\"SEA\"}").ok("four hits");
      run.toolCall("pay").arguments("{}").ok("paid");
      run.modelCall("gpt").prompt("be kind").prompt("book me").completion("done").ok();
    }
  }
}
