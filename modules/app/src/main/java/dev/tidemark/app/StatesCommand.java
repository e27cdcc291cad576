package dev.tidemark.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.app.host.PageClient;
import dev.tidemark.core.detect.SignalState;
import dev.tidemark.records.SubjectKind;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where signals stand: only the processes that watch them know, so it is them who are asked. */
@Command(
    name = "states",
    mixinStandardHelpOptions = true,
    header = "Print where the watched signals stand, and where a shift could not be seen yet.",
    description = {
      "",
      "  tidemark states                              the loudest of all, and how many stand where",
      "  tidemark states send_money                   every signal of one tool, agent or model",
      "  tidemark states --label INSUFFICIENT_BASELINE -o jsonl",
      "",
      "Asks the page of a process that runs detect: it sees its own partitions only.",
      ""
    })
final class StatesCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private OutputOption output;

  @Parameters(paramLabel = "SUBJECT", arity = "0..1", description = "Tool, model or agent.")
  private String subject;

  @Option(names = "--kind", paramLabel = "KIND", description = "${COMPLETION-CANDIDATES}.")
  private SubjectKind kind;

  @Option(names = "--label", paramLabel = "LABEL", description = "${COMPLETION-CANDIDATES}.")
  private SignalState.Label label;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "200",
      description = "At most this many, up to 1000 (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "${env:TIDEMARK_URL:-http://127.0.0.1:7080}",
      description = "Address of the page (env TIDEMARK_URL; default: http://127.0.0.1:7080).")
  private URI url;

  StatesCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("limit", Integer.toString(limit));
    put(query, "name", subject);
    put(query, "kind", kind);
    put(query, "label", label);
    JsonNode answer = new PageClient(url, "--url").get("/api/v1/states", query);
    List<JsonNode> states = new ArrayList<>();
    answer.get("states").forEach(states::add);
    switch (output.format()) {
      case table -> table(states);
      case json ->
          console.data(
              "[" + String.join(",\n ", states.stream().map(StatesCommand::line).toList()) + "]");
      case jsonl -> states.forEach(state -> console.data(line(state)));
    }
    console.say(counted(answer));
    return ExitCode.OK;
  }

  private static void put(Map<String, String> query, String name, Object value) {
    if (value != null) {
      query.put(name, value.toString());
    }
  }

  private static String line(JsonNode state) {
    ObjectNode line = state.deepCopy();
    ObjectNode named = line.objectNode();
    named.put("schema", "dev.tidemark.cli.SignalState");
    named.setAll(line);
    return named.toString();
  }

  private void table(List<JsonNode> states) {
    if (states.isEmpty()) {
      return;
    }
    var table = Table.of("KIND", "SUBJECT", "VERSION", "SIGNAL", "STATE", "KNOWN>", "MISSING");
    for (JsonNode state : states) {
      JsonNode series = state.get("series");
      String item = state.get("item").asText();
      long needed = state.get("needed").asLong();
      String unit = state.get("unit").asText();
      table.row(
          series.get("kind").asText(),
          series.get("name").asText(),
          version(series),
          state.get("signal").asText() + (item.isEmpty() ? "" : " " + item),
          state.get("label").asText(),
          Figures.count(state.get("baseline").asLong()),
          needed == 0 || firing(state)
              ? "-"
              : Figures.count(needed) + " more " + unit + " before a doubling could be found");
    }
    table.lines().forEach(console::data);
  }

  /** What fires has been found, however little was known. */
  private static boolean firing(JsonNode state) {
    return state.get("label").asText().equals(SignalState.Label.FIRING.name());
  }

  private static String version(JsonNode series) {
    List<String> parts = new ArrayList<>();
    for (String part : List.of("agentVersion", "toolVersion", "modelBackend")) {
      String value = series.get(part).asText();
      if (!value.isEmpty() && !value.equals("unknown")) {
        parts.add(value);
      }
    }
    return parts.isEmpty() ? "-" : String.join(" ", parts);
  }

  private static String counted(JsonNode answer) {
    List<String> counts = new ArrayList<>();
    for (Map.Entry<String, JsonNode> count : answer.get("counts").properties()) {
      if (count.getValue().asLong() > 0) {
        String words = count.getKey().toLowerCase(Locale.ROOT).replace('_', ' ');
        counts.add(Figures.count(count.getValue().asLong()) + " " + words);
      }
    }
    long pending = answer.get("pendingSeries").asLong();
    return "tidemark: "
        + Figures.count(answer.get("total").asLong())
        + " signals are watched"
        + (counts.isEmpty() ? "" : ": " + String.join(", ", counts))
        + (answer.get("toldUpToMs").isNull()
            ? ""
            : ", as of " + Instant.ofEpochMilli(answer.get("toldUpToMs").asLong()))
        + (pending == 0 ? "" : "; " + Figures.count(pending) + " series are being read: ask again")
        + (answer.get("partial").asBoolean() ? "; other processes watch more" : "");
  }
}
