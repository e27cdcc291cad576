package dev.tidemark.bench.windows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a contestant is told; travels to its process as {@code key=value} arguments.
 *
 * @param contestant which one
 * @param bootstrap broker
 * @param registry schema registry
 * @param prefix of the topics to read
 * @param runId application id, and name of the output topic of those that are not ours
 * @param partitions of the topics to read
 * @param records how many there are to read, heartbeats included
 * @param directory for state
 * @param more what only some need
 */
public record RunSpec(
    String contestant,
    String bootstrap,
    String registry,
    String prefix,
    String runId,
    int partitions,
    long records,
    Path directory,
    Map<String, String> more) {

  /** Topic that contestants other than ours write windows to. */
  public String output() {
    return runId + "-windows";
  }

  /** A figure only some need. */
  public int more(String name, int otherwise) {
    return Integer.parseInt(more.getOrDefault(name, Integer.toString(otherwise)));
  }

  List<String> args() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("contestant", contestant);
    all.put("bootstrap", bootstrap);
    all.put("registry", registry);
    all.put("prefix", prefix);
    all.put("runId", runId);
    all.put("partitions", Integer.toString(partitions));
    all.put("records", Long.toString(records));
    all.put("directory", directory.toString());
    all.putAll(more);
    List<String> args = new ArrayList<>();
    all.forEach((key, value) -> args.add(key + "=" + value));
    return args;
  }

  static RunSpec of(String[] args) {
    Map<String, String> all = new LinkedHashMap<>();
    for (String arg : args) {
      int at = arg.indexOf('=');
      all.put(arg.substring(0, at), arg.substring(at + 1));
    }
    return new RunSpec(
        all.remove("contestant"),
        all.remove("bootstrap"),
        all.remove("registry"),
        all.remove("prefix"),
        all.remove("runId"),
        Integer.parseInt(all.remove("partitions")),
        Long.parseLong(all.remove("records")),
        Path.of(all.remove("directory")),
        Map.copyOf(all));
  }
}
