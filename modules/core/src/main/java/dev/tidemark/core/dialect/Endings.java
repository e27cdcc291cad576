package dev.tidemark.core.dialect;

import dev.tidemark.core.otlp.OtlpEvent;
import dev.tidemark.core.otlp.OtlpSpan;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.HumanDecision;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How a span ended. Its status alone does not tell: frameworks raise exceptions to wait for a
 * human, to refuse and to hand over, and hand tool failures to the model as ordinary answers. Texts
 * are looked at here and go no further.
 */
final class Endings {
  private static final Pattern INTERRUPT =
      Pattern.compile("(?m)(?:^|[\\s.(])(?:GraphInterrupt|NodeInterrupt|ApprovalRequired)\\b");
  private static final Pattern CONTROL_FLOW =
      Pattern.compile("(?m)(?:^|[\\s.(])(?:ParentCommand|GraphBubbleUp)\\b");
  private static final Pattern REJECTED =
      Pattern.compile("was manually rejected|rejected by (?:the )?(?:user|human)|ToolCallRejected");
  private static final Pattern DENIED =
      Pattern.compile(
          "GuardrailTripwireTriggered|GuardrailBlocked|GuardrailIntervened"
              + "|ContentPolicyViolation|PolicyViolation");
  private static final Pattern CANCELLED =
      Pattern.compile("cancell?ed(?:_?error)?$|^abort_?error$|^abort(?:ed)?$");
  private static final Pattern TIMEOUT =
      Pattern.compile("time_?d?_?out(?:_?(?:error|exception))?$|deadline_?exceeded");

  /** What a text that any pattern of {@link #failure} over texts finds cannot do without. */
  private static final String[] TELLING = {
    "Interrupt",
    "ApprovalRequired",
    "ParentCommand",
    "GraphBubbleUp",
    "ejected",
    "Guardrail",
    "PolicyViolation"
  };

  private static final int LONGEST_CLASS = 120;
  private static final String CONTENT_FILTER = "content_filter";

  private Endings() {}

  static void tell(Reading from, AgentSpan to) {
    OtlpSpan span = from.span();
    String type = type(span);
    if (span.failed() || span.text("error.type") != null) {
      to.setOutcome(failure(span, type, to));
      boolean trouble = to.getOutcome() != Outcome.AWAITING_HUMAN && to.getOutcome() != Outcome.OK;
      to.setErrorType(trouble ? type : null);
    } else if (to.getKind() == SpanKind.TOOL) {
      String result = from.content(Field.RESULT);
      if (result != null && Contents.tellsFailure(result)) {
        to.setOutcome(Outcome.TOOL_ERROR);
        to.setErrorType("returned_error");
      }
    } else if (to.getKind() == SpanKind.LLM && isFiltered(from)) {
      to.setOutcome(Outcome.DENIED);
      to.setPolicyRule(CONTENT_FILTER);
    }
  }

  private static String type(OtlpSpan span) {
    String type = span.text("error.type");
    type = type == null ? span.exceptionType() : type;
    return type != null && isClass(type) ? type : null;
  }

  /** Whether this is a class of errors, not a sentence about one of them. */
  private static boolean isClass(String type) {
    for (int i = 0; i < type.length(); i++) {
      char c = type.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && !(c >= '0' && c <= '9') && "_.:$/-".indexOf(c) < 0) {
        return false;
      }
    }
    return !type.isEmpty() && type.length() <= LONGEST_CLASS;
  }

  private static Outcome failure(OtlpSpan span, String type, AgentSpan to) {
    Outcome told = tellsMore(span) ? told(said(span), to) : null;
    if (told != null) {
      return told;
    }
    if (CONTENT_FILTER.equals(type)) {
      return Outcome.DENIED;
    }
    String low = type == null ? "" : type.toLowerCase(Locale.ROOT);
    if (isCancelled(low)) {
      return Outcome.CANCELLED;
    }
    if (isTimeout(low)) {
      return Outcome.TIMEOUT;
    }
    boolean tool = to.getKind() == SpanKind.TOOL || to.getKind() == SpanKind.RETRIEVAL;
    return tool ? Outcome.TOOL_ERROR : Outcome.ERROR;
  }

  /** What the words of a failure tell beyond that it is one; null when nothing. */
  static Outcome told(String said, AgentSpan to) {
    if (INTERRUPT.matcher(said).find()) {
      return Outcome.AWAITING_HUMAN;
    }
    if (CONTROL_FLOW.matcher(said).find()) {
      return Outcome.OK;
    }
    if (REJECTED.matcher(said).find() && to.getKind() == SpanKind.TOOL) {
      to.setHumanDecision(HumanDecision.REJECTED);
      return Outcome.REJECTED;
    }
    return DENIED.matcher(said).find() ? Outcome.DENIED : null;
  }

  private static boolean isCancelled(String type) {
    boolean possible = type.contains("cancel") || type.contains("abort");
    return possible && CANCELLED.matcher(type).find();
  }

  private static boolean isTimeout(String type) {
    boolean possible = type.contains("time") || type.contains("deadline");
    return possible && TIMEOUT.matcher(type).find();
  }

  /** Whether a pattern could find anything in what {@link #said} puts together. */
  private static boolean tellsMore(OtlpSpan span) {
    if (tellsMore(span.statusMessage()) || tellsMore(span.text("error.type"))) {
      return true;
    }
    for (OtlpEvent event : span.events()) {
      if (event.name().equals("exception")
          && (tellsMore(event.attributes().get("exception.type"))
              || tellsMore(event.attributes().get("exception.message")))) {
        return true;
      }
    }
    return false;
  }

  static boolean tellsMore(Object part) {
    if (part == null) {
      return false;
    }
    if (!(part instanceof String text)) {
      return true;
    }
    for (String word : TELLING) {
      if (text.contains(word)) {
        return true;
      }
    }
    return false;
  }

  /** What the status and the exceptions say. */
  private static String said(OtlpSpan span) {
    StringBuilder said = new StringBuilder();
    said.append(span.statusMessage() == null ? "" : span.statusMessage()).append('\n');
    String type = span.text("error.type");
    said.append(type == null ? "" : type).append('\n');
    for (OtlpEvent event : span.events()) {
      if (event.name().equals("exception")) {
        said.append(event.attributes().get("exception.type")).append('\n');
        said.append(event.attributes().get("exception.message")).append('\n');
      }
    }
    return said.toString();
  }

  private static boolean isFiltered(Reading from) {
    String reasons = from.content(Field.FINISH_REASON);
    return reasons != null
        && (reasons.contains(CONTENT_FILTER) || reasons.contains("content-filter"));
  }
}
