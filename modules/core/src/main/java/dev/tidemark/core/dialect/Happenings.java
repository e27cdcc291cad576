package dev.tidemark.core.dialect;

import dev.tidemark.core.hash.Hash64;
import dev.tidemark.core.otlp.OtlpEvent;
import dev.tidemark.core.otlp.OtlpLog;
import dev.tidemark.core.otlp.OtlpSpan;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.EventType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What happened inside spans: results of evaluations and feedback of users, told by events of a
 * span or by log records. Explanations are content and stay behind.
 */
final class Happenings {
  private static final String EVALUATION = "gen_ai.evaluation.";
  private static final String RESULT = EVALUATION + "result";
  private static final String EXCEPTION = "gen_ai.client.operation.exception";
  private static final String RESENT = "http.request.resend_count";
  private static final Set<String> FEEDBACK =
      Set.of("gen_ai.user.feedback", "gen_ai.feedback", "user_feedback", "feedback");
  private static final Set<String> PASSED =
      Set.of("pass", "passed", "true", "yes", "success", "correct", "positive", "thumbs_up");
  private static final Set<String> FAILED =
      Set.of("fail", "failed", "false", "no", "failure", "incorrect", "negative", "thumbs_down");

  private Happenings() {}

  /** Events of a span, whose record lends them its context. */
  static List<AgentEvent> of(OtlpSpan span, AgentSpan record) {
    List<AgentEvent> all = List.of();
    for (int i = 0; i < span.events().size(); i++) {
      OtlpEvent event = span.events().get(i);
      EventType type = type(event.name(), event.attributes());
      if (type == null || type == EventType.EXCEPTION) {
        continue; // The span says itself that it failed.
      }
      AgentEvent told = context(record);
      told.setTimeMs(event.timeNanos() > 0 ? event.timeNanos() / 1_000_000 : record.getEndMs());
      fill(told, type, event.name(), event.attributes());
      told.setEventId(id(record.getSpanId(), event.timeNanos(), told, i));
      all = all.isEmpty() ? new ArrayList<>(2) : all;
      all.add(told);
    }
    return sentAgain(span) ? and(all, resend(span, record)) : all;
  }

  private static List<AgentEvent> and(List<AgentEvent> all, AgentEvent one) {
    List<AgentEvent> more = new ArrayList<>(all);
    more.add(one);
    return more;
  }

  /** Clients count resends from 1 on, a span each: every such span is one. */
  private static boolean sentAgain(OtlpSpan span) {
    Long resent = span.number(RESENT);
    return resent != null && resent > 0;
  }

  /** A retry that an SDK made on its own, below what it tells as one call: no attempt. */
  private static AgentEvent resend(OtlpSpan span, AgentSpan record) {
    AgentEvent told = context(record);
    told.setTimeMs(record.getEndMs());
    told.setType(EventType.RETRY);
    told.setCount(1);
    told.setName(RESENT);
    told.setLabel("transport");
    told.setErrorType(record.getErrorType());
    told.setEventId(id(record.getSpanId(), span.endNanos(), told, span.events().size()));
    return told;
  }

  private static AgentEvent context(AgentSpan record) {
    AgentEvent told = new AgentEvent();
    told.setTraceId(record.getTraceId());
    told.setSpanId(record.getSpanId());
    told.setRunId(record.getRunId());
    told.setConversationId(record.getConversationId());
    told.setTenant(record.getTenant());
    told.setEnvironment(record.getEnvironment());
    told.setAgentName(record.getAgentName());
    told.setAgentVersion(record.getAgentVersion());
    told.setDialect(record.getDialect());
    return told;
  }

  /** Whether a log record tells an event. */
  static boolean tells(OtlpLog log) {
    String name = name(log);
    return name != null && type(name, log.attributes()) != null;
  }

  private static String name(OtlpLog log) {
    return log.eventName() == null ? text(log.attributes(), "event.name") : log.eventName();
  }

  /** The event a log record tells, if it does and belongs to a trace. */
  static List<AgentEvent> of(OtlpLog log, NormalizerSettings settings) {
    String name = name(log);
    EventType type = name == null ? null : type(name, log.attributes());
    if (type == null || log.traceId().isEmpty() || log.timeNanos() <= 0) {
      return List.of();
    }
    AgentEvent told = new AgentEvent();
    told.setTraceId(log.traceId());
    told.setSpanId(log.spanId().isEmpty() ? null : log.spanId());
    told.setConversationId(text(log.attributes(), "gen_ai.conversation.id", "session.id"));
    told.setTenant(settings.tenant());
    told.setEnvironment("default");
    told.setAgentName("unknown");
    String environment = text(log.resource(), "deployment.environment.name");
    told.setEnvironment(environment == null ? told.getEnvironment() : environment);
    String agent = text(log.attributes(), "gen_ai.agent.name");
    agent = agent == null ? text(log.resource(), "service.name") : agent;
    told.setAgentName(agent == null ? told.getAgentName() : agent);
    String version = text(log.attributes(), "gen_ai.agent.version");
    told.setAgentVersion(version == null ? text(log.resource(), "service.version") : version);
    told.setDialect("otel-genai");
    told.setTimeMs(log.timeNanos() / 1_000_000);
    fill(told, type, name, log.attributes());
    told.setEventId(id(log.spanId(), log.timeNanos(), told, 0));
    return List.of(told);
  }

  private static EventType type(String name, Map<String, Object> attributes) {
    if (FEEDBACK.contains(name)) {
      return EventType.FEEDBACK;
    }
    if (name.equals(EXCEPTION)) {
      return EventType.EXCEPTION;
    }
    if (name.equals(RESULT)) {
      String evaluation = text(attributes, EVALUATION + "name");
      return evaluation != null && FEEDBACK.contains(evaluation)
          ? EventType.FEEDBACK
          : EventType.EVALUATION;
    }
    return null;
  }

  private static void fill(
      AgentEvent told, EventType type, String name, Map<String, Object> attributes) {
    told.setType(type);
    told.setCount(1);
    String evaluation = text(attributes, EVALUATION + "name", "name");
    told.setName(evaluation == null ? name : evaluation);
    told.setErrorType(text(attributes, "error.type", "exception.type"));
    Object score = attributes.get(EVALUATION + "score.value");
    score = score == null ? attributes.get("score") : score;
    if (score instanceof Number number && Double.isFinite(number.doubleValue())) {
      told.setScore(number.doubleValue());
    }
    String label = text(attributes, EVALUATION + "score.label", "label");
    told.setLabel(label);
    if (label != null) {
      String low = label.toLowerCase(Locale.ROOT);
      told.setPassed(PASSED.contains(low) ? Boolean.TRUE : FAILED.contains(low) ? false : null);
    }
  }

  /** The same for the same event told again. */
  private static String id(String spanId, long nanos, AgentEvent event, int index) {
    String text =
        spanId + '|' + nanos + '|' + event.getType() + '|' + event.getName() + '|' + index;
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return String.format("%016x", Hash64.of(bytes, 0, bytes.length));
  }

  private static String text(Map<String, Object> attributes, String... keys) {
    for (String key : keys) {
      Object value = attributes.get(key);
      if (value instanceof String text && !text.isEmpty()) {
        return text;
      }
    }
    return null;
  }
}
