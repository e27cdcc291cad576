package dev.tidemark.app.host;

import dev.tidemark.app.Failure;
import dev.tidemark.streams.topology.TopologyDefinition;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;

/**
 * Runs the topologies of one process, one engine and one application id each, exactly once. Within
 * the process the roles share nothing but the configuration. Thread-safe.
 */
public final class StreamsHost implements AutoCloseable {
  private final List<RoleRuntime> roles = new ArrayList<>();
  private final CompletableFuture<Failure> ended = new CompletableFuture<>();
  private boolean closed;

  /** Builds the topologies; nothing runs yet. */
  public StreamsHost(
      HostConfig config, List<? extends TopologyDefinition> definitions, MeterRegistry meters) {
    requireWritable(config.stateDir());
    for (TopologyDefinition definition : definitions) {
      roles.add(new RoleRuntime(definition, config, meters, ended));
    }
  }

  private static void requireWritable(Path stateDir) {
    try {
      Files.createDirectories(stateDir);
    } catch (IOException e) {
      throw Failure.config(
          "--state-dir " + stateDir.toAbsolutePath() + " cannot be created: choose another one");
    }
    if (!Files.isWritable(stateDir)) {
      throw Failure.config(
          "--state-dir " + stateDir.toAbsolutePath() + " is not writable: choose another one");
    }
  }

  /** Starts every role and returns at once. */
  public void start() {
    roles.forEach(RoleRuntime::start);
  }

  /**
   * Waits until every role is running.
   *
   * @throws Failure when one stopped, or they are not running in time
   */
  public void awaitRunning(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (roles.stream().anyMatch(role -> role.streams().state() != State.RUNNING)) {
      Failure failure = ended.getNow(null);
      if (failure != null) {
        throw failure;
      }
      if (System.nanoTime() > deadline) {
        throw Failure.unreachable(
            "the roles are not running after "
                + limit.toSeconds()
                + " s ("
                + ready()
                + "): check the broker and its topics",
            null);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** Blocks until a role stops for good, and tells why. */
  public Failure awaitEnd() throws InterruptedException {
    try {
      return ended.get();
    } catch (java.util.concurrent.ExecutionException e) {
      return Failure.failed("a role ended without a reason", e);
    }
  }

  /** Completed when a role has stopped for good. */
  public CompletableFuture<Failure> ended() {
    return ended;
  }

  /** The engines by role. */
  public Map<String, KafkaStreams> engines() {
    var engines = new LinkedHashMap<String, KafkaStreams>();
    roles.forEach(role -> engines.put(role.role(), role.streams()));
    return engines;
  }

  /** Reasons against liveness by role; empty when all live. */
  public Map<String, String> live() {
    var reasons = new LinkedHashMap<String, String>();
    for (RoleRuntime role : roles) {
      if (!role.dead().isEmpty()) {
        reasons.put(role.role(), role.dead());
      }
    }
    return reasons;
  }

  /** Reasons against readiness by role; empty when all are ready. */
  public Map<String, String> ready() {
    var reasons = new LinkedHashMap<String, String>();
    for (RoleRuntime role : roles) {
      if (!role.notReady().isEmpty()) {
        reasons.put(role.role(), role.notReady());
      }
    }
    return reasons;
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      roles.parallelStream().forEach(RoleRuntime::close);
    }
  }
}
