package dev.tidemark.bench.windows;

import dev.tidemark.records.Actor;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.CostSource;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import dev.tidemark.records.Verdict;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes runs of ten spans: a root, two or three model calls, tool calls for the rest. Of the tool
 * calls about 8 % fail and are tried again, a third of the second tries say so; 1 % are denied.
 */
final class RunMaker {
  static final int SPANS = 10;
  private static final double FAILED = 0.08;
  private static final double DENIED = 0.01;
  private static final HexFormat HEX = HexFormat.of();

  private final Tools tools;
  private final SplittableRandom random;

  RunMaker(Tools tools, SplittableRandom random) {
    this.tools = tools;
    this.random = random;
  }

  /** The spans of a run, children first, with their arrivals. */
  List<Stamped> run(long startMs) {
    String trace = HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextLong());
    String root = HEX.toHexDigits(random.nextLong());
    String conversation = "c-" + HEX.toHexDigits(random.nextInt());
    List<Stamped> spans = new ArrayList<>(SPANS);
    int middle = 3 + random.nextInt(3);
    boolean last = random.nextBoolean();
    AgentSpan failed = null;
    long at = startMs;
    for (int i = 0; i < SPANS - 1; i++) {
      AgentSpan span = span(trace, conversation, root);
      boolean model = i == 0 || i == middle || (last && i == SPANS - 2);
      at += 5 + random.nextInt(20);
      span.setStartMs(at);
      at += model ? model(span) : tool(span, failed);
      span.setEndMs(at);
      if (!model) {
        failed = span.getOutcome() == Outcome.OK ? null : span;
      }
      spans.add(arriving(span));
    }
    AgentSpan whole = span(trace, conversation, null);
    whole.setSpanId(root);
    whole.setKind(SpanKind.RUN);
    whole.setName("invoke_agent support");
    whole.setStartMs(startMs);
    whole.setEndMs(at + 2);
    whole.setDurationUs((at + 2 - startMs) * 1_000);
    whole.setOutcome(random.nextDouble() < 0.95 ? Outcome.OK : Outcome.ERROR);
    spans.add(arriving(whole));
    return spans;
  }

  private Stamped arriving(AgentSpan span) {
    return new Stamped(span, span.getEndMs() + 5 + random.nextInt(200));
  }

  private AgentSpan span(String trace, String conversation, String parent) {
    AgentSpan span = new AgentSpan();
    span.setTraceId(trace);
    span.setSpanId(HEX.toHexDigits(random.nextLong()));
    span.setParentSpanId(parent);
    span.setConversationId(conversation);
    span.setTenant("default");
    span.setEnvironment("production");
    span.setAgentName("support");
    span.setAgentVersion("2026.11.1");
    span.setPromptVersion("support-v7");
    span.setSchemaUrl("https://opentelemetry.io/schemas/1.37.0");
    span.setDialect("native");
    span.setActor(Actor.AGENT);
    span.setCostSource(CostSource.UNKNOWN);
    return span;
  }

  private long model(AgentSpan span) {
    long micros = duration(900_000);
    span.setKind(SpanKind.LLM);
    span.setName("chat");
    span.setModelProvider("openai");
    span.setModelName(random.nextDouble() < 0.7 ? "gpt-5-mini" : "gpt-5");
    span.setModelBackend("fp_44709d6fcb");
    span.setDurationUs(micros);
    span.setInputTokens(400L + random.nextInt(6_000));
    span.setOutputTokens(20L + random.nextInt(800));
    span.setCacheReadTokens((long) random.nextInt(400));
    span.setCostMicros(200L + random.nextInt(20_000));
    span.setCostCurrency("USD");
    span.setCostSource(CostSource.REPORTED);
    span.setOutcome(random.nextDouble() < 0.01 ? Outcome.ERROR : Outcome.OK);
    return micros / 1_000;
  }

  private long tool(AgentSpan span, AgentSpan failed) {
    span.setKind(SpanKind.TOOL);
    boolean again = failed != null;
    if (again) {
      tryAgain(span, failed);
    } else {
      int tool = tools.tool(random);
      span.setToolName(toolName(tool));
      span.setToolVersion(versionName(tools.version(random)));
      span.setArgumentsHash(HEX.toHexDigits(random.nextLong()));
      span.setToolCallId(
          random.nextDouble() < 0.3 ? "call_" + HEX.toHexDigits(random.nextLong()) : null);
    }
    span.setName("execute_tool " + span.getToolName());
    span.setArgumentsBytes(40L + random.nextInt(400));
    span.setResultBytes(100L + random.nextInt(9_000));
    long micros = duration(250_000);
    span.setDurationUs(micros);
    double u = random.nextDouble();
    if (u < DENIED) {
      span.setOutcome(Outcome.DENIED);
      span.setPolicyId("spending");
      span.setPolicyRule("spending-limit");
      span.setVerdict(Verdict.DENY);
    } else if (u < DENIED + FAILED) {
      span.setOutcome(Outcome.TOOL_ERROR);
      span.setErrorType(random.nextBoolean() ? "timeout" : "http_503");
    } else {
      span.setOutcome(Outcome.OK);
    }
    return micros / 1_000;
  }

  private void tryAgain(AgentSpan span, AgentSpan failed) {
    span.setToolName(failed.getToolName());
    span.setToolVersion(failed.getToolVersion());
    span.setToolCallId(failed.getToolCallId());
    boolean exact = random.nextDouble() < 0.6;
    span.setArgumentsHash(exact ? failed.getArgumentsHash() : HEX.toHexDigits(random.nextLong()));
    if (random.nextDouble() < 0.33) {
      int before = failed.getAttempt() == null ? 1 : failed.getAttempt();
      span.setAttempt(before + 1);
    }
  }

  /** About lognormal, microseconds. */
  private long duration(long medianUs) {
    double normal =
        random.nextDouble() + random.nextDouble() + random.nextDouble() + random.nextDouble() - 2;
    return (long) (medianUs * Math.exp(1.2 * normal));
  }

  static String toolName(int tool) {
    return "tool-" + tool;
  }

  static String versionName(int version) {
    return "1." + version + ".0";
  }
}
