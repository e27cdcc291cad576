package dev.tidemark.core.dialect;

import dev.tidemark.core.otlp.OtlpLog;
import dev.tidemark.core.otlp.OtlpSpan;
import dev.tidemark.core.redact.ContentRules;
import dev.tidemark.records.AgentContent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.ContentRole;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What was said in a span, for those who asked to keep it: arguments and results of tools, words to
 * and from models. Not redacted yet.
 */
final class Quotes {
  private static final int MOST_PARTS = 64;

  /** So much more than the limit is handed on, for redaction to see what the limit cuts through. */
  private static final int CUT_LATER = 1_024;

  /** Messages that some instrumentations spread over attributes, by number. */
  private static final Map<ContentRole, List<String>> SPREAD =
      Map.of(
          ContentRole.PROMPT, List.of("gen_ai.prompt.", "llm.input_messages."),
          ContentRole.COMPLETION, List.of("gen_ai.completion.", "llm.output_messages."));

  private static final String DETAILS = "gen_ai.client.inference.operation.details";
  private final ContentRules rules;
  private final AgentContent context;
  private final List<AgentContent> all = new ArrayList<>(2);

  private Quotes(ContentRules rules, AgentContent context) {
    this.rules = rules;
    this.context = context;
  }

  /** What a span quotes; {@code record} is what it means. */
  static List<AgentContent> of(OtlpSpan span, AgentSpan record, NormalizerSettings settings) {
    ContentRules rules = settings.content();
    boolean tool =
        switch (record.getKind()) {
          case TOOL, RETRIEVAL -> rules.keepsTool(settings.tenant(), record.getToolName());
          default -> false;
        };
    boolean model =
        switch (record.getKind()) {
          case LLM -> rules.keepsModels(settings.tenant());
          default -> false;
        };
    if (!tool && !model) {
      return List.of();
    }
    Quotes quotes = new Quotes(rules, context(record));
    Reading from = Translation.reading(span);
    if (tool) {
      quotes.say(ContentRole.ARGUMENTS, from.content(Field.ARGUMENTS));
      quotes.say(ContentRole.RESULT, from.content(Field.RESULT));
    } else {
      quotes.model(span.attributes(), from.contents(Field.PROMPT), from.contents(Field.COMPLETION));
    }
    return quotes.all;
  }

  /** Whether a log record quotes a model call. */
  static boolean tells(OtlpLog log) {
    return DETAILS.equals(log.eventName());
  }

  /** What a log record of a model call quotes. */
  static List<AgentContent> of(OtlpLog log, NormalizerSettings settings) {
    if (!settings.content().keepsModels(settings.tenant())
        || !tells(log)
        || log.traceId().isEmpty()
        || log.timeNanos() <= 0) {
      return List.of();
    }
    AgentContent context = new AgentContent();
    context.setTraceId(log.traceId());
    context.setSpanId(log.spanId().isEmpty() ? null : log.spanId());
    context.setTenant(settings.tenant());
    context.setEnvironment("default");
    context.setAgentName("unknown");
    context.setTimeMs(log.timeNanos() / 1_000_000);
    Quotes quotes = new Quotes(settings.content(), context);
    quotes.model(log.attributes(), values(log, Field.PROMPT), values(log, Field.COMPLETION));
    return quotes.all;
  }

  private static List<String> values(OtlpLog log, Field field) {
    List<String> values = new ArrayList<>(2);
    for (Key key : GenAi.KEYS.of(field)) {
      Object value = log.attributes().get(key.attribute());
      if (value != null) {
        values.add(Contents.text(value));
      }
    }
    return values;
  }

  private void model(Map<String, Object> attributes, List<String> asked, List<String> answered) {
    said(ContentRole.PROMPT, attributes, asked);
    said(ContentRole.COMPLETION, attributes, answered);
  }

  private void said(ContentRole role, Map<String, Object> attributes, List<String> whole) {
    if (!whole.isEmpty()) {
      whole.forEach(text -> say(role, text));
      return;
    }
    for (String prefix : SPREAD.get(role)) {
      attributes.keySet().stream()
          .filter(key -> key.startsWith(prefix) && key.endsWith(".content"))
          .sorted(Comparator.comparingInt(String::length).thenComparing(key -> key))
          .forEach(key -> say(role, Contents.text(attributes.get(key))));
    }
  }

  private void say(ContentRole role, String text) {
    if (text == null || text.isEmpty() || all.size() >= MOST_PARTS) {
      return;
    }
    int limit = rules.limitBytes() + CUT_LATER;
    AgentContent said = AgentContent.newBuilder(context).setRole(role).setText(text).build();
    said.setPart((int) all.stream().filter(other -> other.getRole() == role).count());
    said.setOriginalBytes(Contents.bytes(text));
    said.setText(text.length() > limit ? text.substring(0, limit) : text);
    all.add(said);
  }

  private static AgentContent context(AgentSpan record) {
    AgentContent context = new AgentContent();
    context.setTraceId(record.getTraceId());
    context.setSpanId(record.getSpanId());
    context.setRunId(record.getRunId());
    context.setConversationId(record.getConversationId());
    context.setTenant(record.getTenant());
    context.setEnvironment(record.getEnvironment());
    context.setAgentName(record.getAgentName());
    context.setToolName(record.getToolName());
    context.setToolCallId(record.getToolCallId());
    context.setTimeMs(record.getEndMs());
    return context;
  }
}
