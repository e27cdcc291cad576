package dev.tidemark.bench.detection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What shards have brought, one JSON object per line of a file, so that a measurement of hours may
 * be interrupted at any time and goes on where it was. Lines of other settings or detectors stay in
 * the file and do not count. Thread-safe; one process per file.
 */
final class FleetLedger {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final Path file;
  private final String setting;
  private final Map<FleetShard, Map<String, FleetTally>> known = new LinkedHashMap<>();
  private int foreign;

  private FleetLedger(Path file, String setting) {
    this.file = file;
    this.setting = setting;
  }

  /** Keeps nothing. */
  static FleetLedger none() {
    return new FleetLedger(null, "");
  }

  /**
   * Reads what is there.
   *
   * @param setting tells results that may be added up from others
   * @throws DetectionFailure when the file can be neither read nor made
   */
  static FleetLedger of(Path file, String setting) {
    FleetLedger ledger = new FleetLedger(file, setting);
    try {
      if (file.toAbsolutePath().getParent() != null) {
        Files.createDirectories(file.toAbsolutePath().getParent());
      }
      if (Files.exists(file)) {
        String text = Files.readString(file);
        text.lines().forEach(ledger::read);
        if (!text.isEmpty() && !text.endsWith("\n")) {
          Files.writeString(file, "\n", StandardOpenOption.APPEND);
        }
      }
    } catch (IOException e) {
      throw failure(file, e);
    }
    return ledger;
  }

  /** Shards of these settings that the file held. */
  synchronized int size() {
    return known.size();
  }

  /** Lines of other settings, or torn by an interruption. */
  int foreign() {
    return foreign;
  }

  /** What a shard brought, by contender; null while it is not known. */
  synchronized Map<String, FleetTally> get(FleetShard shard) {
    return known.get(shard);
  }

  /** Keeps what a shard brought. */
  synchronized void add(FleetShard shard, Map<String, FleetTally> tallies) {
    known.put(shard, tallies);
    if (file == null) {
      return;
    }
    ObjectNode line = JSON.createObjectNode();
    line.put("setting", setting);
    line.put("regime", shard.regime().key());
    line.put("seed", shard.seed());
    line.put("from", shard.from());
    line.put("to", shard.to());
    ObjectNode methods = line.putObject("methods");
    tallies.forEach((name, tally) -> tally.write(methods.putObject(name)));
    try {
      Files.write(
          file,
          (line + "\n").getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  private void read(String text) {
    try {
      JsonNode line = JSON.readTree(text);
      if (!line.path("setting").asText().equals(setting)) {
        foreign++;
        return;
      }
      Map<String, FleetTally> tallies = new LinkedHashMap<>();
      line.get("methods")
          .properties()
          .forEach(e -> tallies.put(e.getKey(), FleetTally.read(e.getValue())));
      Regime regime = Regime.valueOf(line.get("regime").asText().toUpperCase(Locale.ROOT));
      known.put(
          new FleetShard(
              regime, line.get("seed").asLong(), line.get("from").asInt(), line.get("to").asInt()),
          tallies);
    } catch (JsonProcessingException e) {
      foreign++;
    }
  }

  private static DetectionFailure failure(Path file, IOException e) {
    return new DetectionFailure("--results " + file + " cannot be used: " + e.getMessage());
  }
}
