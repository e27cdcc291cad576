package dev.tidemark.core.detect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.core.detect.FleetWindows.Call;
import dev.tidemark.core.detect.FleetWindows.Run;
import dev.tidemark.records.Finding;
import dev.tidemark.records.FindingAction;
import dev.tidemark.records.Signal;
import dev.tidemark.records.SubjectKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/**
 * Plays recorded runs of one version and then of another past the detector, and compares what it
 * says with what is known to differ. Run by hand: folder of the recorded runs, runs per hour, first
 * and last seed.
 */
public final class RecordedReplay {
  private static final long START_MS = 1_700_000_000_000L / 15_000 * 15_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, List<Run>> runs = new LinkedHashMap<>();
  private final Map<String, String> attack = new HashMap<>();
  private final int perHour;

  private RecordedReplay(int perHour) {
    this.perHour = perHour;
  }

  public static void main(String[] args) throws IOException {
    var replay = new RecordedReplay(Integer.parseInt(args[1]));
    Path folder = Path.of(args[0]);
    try (var files = Files.list(folder.resolve("steps"))) {
      for (Path file : files.sorted().toList()) {
        replay.load(file);
      }
    }
    JsonNode truth = JSON.readTree(folder.resolve("truth.json").toFile());
    int from = Integer.parseInt(args[2]);
    int to = Integer.parseInt(args[3]);
    for (int seed = from; seed <= to; seed++) {
      replay.pairs(truth, seed, seed == from);
      replay.halves(truth, seed, 0);
    }
    for (int seed = from; seed <= to + 10; seed++) {
      replay.halves(truth, seed, 1);
    }
  }

  private void pairs(JsonNode truth, int seed, boolean loud) {
    Map<String, int[]> table = new TreeMap<>();
    int sameAlarmed = 0;
    for (JsonNode pair : truth.get("pairs")) {
      String at = pair.get("src").asText() + "/" + pair.get("domain").asText() + "/";
      List<Run> a = runs.get(at + pair.get("a").asText());
      List<Run> b = runs.get(at + pair.get("b").asText());
      List<Finding> opened = play(a, b, seed);
      Set<String> told = new TreeSet<>();
      for (Finding f : opened) {
        told.add(name(f));
      }
      if (loud) {
        System.out.println("== " + at + pair.get("a").asText() + " -> " + pair.get("b").asText());
        opened.forEach(
            f ->
                System.out.println(
                    "   "
                        + AlertText.summary(f)
                        + " "
                        + f.getMode()
                        + " logE "
                        + Math.round(f.getLogEvidence() * 10) / 10.0
                        + " thr "
                        + Math.round(f.getThreshold() * 10) / 10.0
                        + " phi "
                        + Math.round(f.getPhi() * 100) / 100.0));
      }
      for (JsonNode drift : pair.get("drift")) {
        String metric = drift.get("metric").asText();
        String tool = drift.get("tool").isNull() ? "" : drift.get("tool").asText();
        if (!drift.get("scope").asText().equals("tool") || signals(metric).isEmpty()) {
          continue;
        }
        boolean up = drift.get("b").asDouble() > drift.get("a").asDouble();
        boolean found = false;
        boolean findable = false;
        Findability best = null;
        for (Signal signal : signals(metric)) {
          found |= told.contains(signal + " " + tool + (up ? " UP" : " DOWN"));
          Findability f = findability(a, b, tool, signal);
          findable |= f.findable();
          best = best == null || f.evidence() > best.evidence() ? f : best;
        }
        String cell = metric + (findable ? " findable" : " unfindable");
        table.computeIfAbsent(cell, k -> new int[2])[found ? 0 : 1]++;
        if (loud && (!found || !findable)) {
          System.out.println(
              "   "
                  + (found
                      ? "FOUND unfindable "
                      : "MISSED " + (findable ? "findable " : "unfindable "))
                  + metric
                  + " "
                  + tool
                  + " "
                  + drift.get("a")
                  + "->"
                  + drift.get("b")
                  + " n "
                  + drift.get("nA")
                  + "/"
                  + drift.get("nB")
                  + " z "
                  + drift.get("z")
                  + " "
                  + best);
        }
      }
      for (String alarm : told) {
        for (String list : List.of("same", "ambiguous")) {
          for (JsonNode same : pair.get(list)) {
            String tool = same.get("tool").isNull() ? "" : same.get("tool").asText();
            for (Signal signal : signals(same.get("metric").asText())) {
              if (alarm.startsWith(signal + " " + tool + " ")) {
                sameAlarmed += list.equals("same") ? 1 : 0;
                System.out.println(
                    "   "
                        + list
                        + "-listed metric alarmed: "
                        + at
                        + " "
                        + alarm
                        + " seed "
                        + seed
                        + " "
                        + same);
              }
            }
          }
        }
      }
    }
    System.out.println("seed " + seed + " same-listed alarmed: " + sameAlarmed);
    table.forEach((k, v) -> System.out.println("   " + k + ": found " + v[0] + " missed " + v[1]));
  }

  private void halves(JsonNode truth, int seed, int kind) {
    int alarms = 0;
    int series = 0;
    for (JsonNode half : truth.get("aa_halves")) {
      String at = half.get("src").asText() + "/" + half.get("domain").asText() + "/";
      List<Run> all = runs.get(at + half.get("version").asText());
      List<Run> a = new ArrayList<>();
      List<Run> b = new ArrayList<>();
      Random random = new Random(seed * 7919L + 13);
      for (Run run : all) {
        long hex = Long.parseLong(run.id().substring(run.id().length() - 12), 16);
        boolean first = kind == 0 ? hex % 2 == 0 : random.nextBoolean();
        (first ? a : b).add(run);
      }
      List<Finding> opened = play(a, b, seed);
      alarms += opened.size();
      series++;
      for (Finding f : opened) {
        System.out.println(
            "   A/A alarm: "
                + at
                + half.get("version").asText()
                + " "
                + AlertText.summary(f)
                + " "
                + f.getMode()
                + " phi "
                + f.getPhi()
                + " logE "
                + f.getLogEvidence());
      }
    }
    System.out.println(
        "seed "
            + seed
            + " A/A "
            + (kind == 0 ? "halves " : "random splits ")
            + series
            + ": alarms "
            + alarms);
  }

  private List<Finding> play(List<Run> a, List<Run> b, int seed) {
    FleetWindows fleet = new FleetWindows();
    Random random = new Random(seed);
    long now = START_MS;
    for (int half = 0; half < 2; half++) {
      List<Run> order = new ArrayList<>(half == 0 ? a : b);
      Collections.shuffle(order, random);
      for (Run run : order) {
        fleet.add(run, "agent", half == 0 ? "A" : "B", now);
        now += (long) (-Math.log(1 - random.nextDouble()) * 3_600_000 / perHour);
      }
    }
    var detector = new DriftDetector(DetectorSettings.defaults(HeapStates.PARTITIONS));
    return new HeapStates()
        .feed(detector, fleet.windows()).stream()
            .filter(f -> f.getAction() == FindingAction.OPEN)
            .toList();
  }

  private static String name(Finding f) {
    boolean tool = f.getSeries().getSubjectKind() == SubjectKind.TOOL;
    return f.getSignal()
        + " "
        + (tool ? f.getSeries().getSubjectName() : "*")
        + " "
        + f.getDirection();
  }

  private static List<Signal> signals(String metric) {
    return switch (metric) {
      case "fail_rate" -> List.of(Signal.ERROR_RATE, Signal.DENIAL_RATE);
      case "denied_rate" -> List.of(Signal.DENIAL_RATE);
      case "retry_rate" -> List.of(Signal.RETRY_RATE);
      case "identical_rate" -> List.of(Signal.IDENTICAL_CALL_RATE);
      default -> List.of();
    };
  }

  private static Findability findability(List<Run> a, List<Run> b, String tool, Signal signal) {
    Dispersion before = new Dispersion(signal);
    Dispersion after = new Dispersion(signal);
    long[] one = sums(a, tool, signal, before);
    long[] two = sums(b, tool, signal, after);
    double threshold =
        DetectorSettings.defaults(HeapStates.PARTITIONS)
            .budget()
            .frozenThreshold(tool.equals("*") ? SubjectKind.AGENT : SubjectKind.TOOL, signal);
    double phi = Math.max(before.phi(), after.estimate());
    return Findability.of(one[0], one[1], two[0], two[1], phi, threshold);
  }

  private static long[] sums(List<Run> runs, String tool, Signal signal, Dispersion dispersion) {
    long[] total = new long[2];
    for (Run run : runs) {
      long n = 0;
      long x = 0;
      for (Call c : run.calls()) {
        if (!tool.equals("*") && !tool.equals(c.tool())) {
          continue;
        }
        n++;
        boolean event =
            switch (signal) {
              case ERROR_RATE -> c.error();
              case DENIAL_RATE -> c.denied();
              case RETRY_RATE -> c.retry();
              default -> c.identical();
            };
        x += event ? 1 : 0;
      }
      if (n > 0) {
        dispersion.addClusters(new SignalCounts(n, x, 1, n * n, n * x, x * x));
      }
      total[0] += n;
      total[1] += x;
    }
    return total;
  }

  private void load(Path file) throws IOException {
    try (var in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      List<JsonNode> steps = new ArrayList<>();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        JsonNode step = JSON.readTree(line);
        if (step.get("kind").asText().equals("start")) {
          steps.clear();
        }
        steps.add(step);
        if (step.get("kind").asText().equals("end")) {
          take(steps);
        }
      }
    }
  }

  private void take(List<JsonNode> steps) {
    JsonNode start = steps.get(0);
    JsonNode end = steps.get(steps.size() - 1);
    String injection = start.path("attack").asText("");
    attack.put(start.get("run").asText(), injection);
    if (start.get("src").asText().equals("agentdojo")
        && !injection.isEmpty()
        && !injection.equals("none")
        && !injection.equals("important_instructions")) {
      return;
    }
    List<Call> calls = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    Map<String, JsonNode> last = new HashMap<>();
    boolean escalated = false;
    for (JsonNode step : steps) {
      escalated |= step.get("kind").asText().equals("handoff");
      if (!step.get("kind").asText().equals("tool")) {
        continue;
      }
      String by = step.get("by").asText();
      String tool = step.get("tool").asText();
      String status = step.get("status").asText();
      JsonNode before = last.put(by, step);
      boolean retry =
          before != null
              && before.get("tool").asText().equals(tool)
              && !before.get("status").asText().equals("ok");
      boolean identical = !seen.add(by + " " + tool + " " + step.path("args").asText(""));
      calls.add(
          new Call(
              tool,
              status.equals("error"),
              status.equals("denied"),
              retry,
              identical,
              4000L * (calls.size() + 1)));
    }
    String term = end.path("term").asText("");
    boolean abnormal = !Set.of("completed", "user_stop", "Submitted").contains(term);
    Boolean success = end.has("success") ? end.get("success").asBoolean() : null;
    String version =
        start.get("src").asText()
            + "/"
            + start.get("domain").asText()
            + "/"
            + start.get("version").asText();
    runs.computeIfAbsent(version, k -> new ArrayList<>())
        .add(new Run(start.get("run").asText(), calls, success, abnormal, escalated));
  }
}
