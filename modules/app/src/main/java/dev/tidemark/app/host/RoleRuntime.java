package dev.tidemark.app.host;

import dev.tidemark.app.Failure;
import dev.tidemark.streams.topology.TopologyDefinition;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One role running: its engine, its state and how it ended. */
final class RoleRuntime implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RoleRuntime.class);
  private final String role;
  private final KafkaStreams streams;
  private final KafkaStreamsMetrics metrics;
  private final RestartLimit restarts;
  private final CompletableFuture<Failure> ended;
  private volatile String trouble = "";

  RoleRuntime(
      TopologyDefinition definition,
      HostConfig config,
      MeterRegistry meters,
      CompletableFuture<Failure> ended) {
    this.role = definition.name();
    this.ended = ended;
    this.restarts =
        new RestartLimit(config.restarts(), () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    this.streams = new KafkaStreams(definition.build(), config.streams(role));
    streams.setUncaughtExceptionHandler(this::onUncaught);
    streams.setStateListener((now, before) -> onState(now, before));
    this.metrics = new KafkaStreamsMetrics(streams, Tags.of("role", role));
    metrics.bindTo(meters);
  }

  void start() {
    streams.start();
  }

  String role() {
    return role;
  }

  KafkaStreams streams() {
    return streams;
  }

  /** Why the role is not alive; empty while it is. Rebalancing and restoring are being alive. */
  String dead() {
    return switch (streams.state()) {
      case ERROR, PENDING_ERROR, NOT_RUNNING -> "stopped" + (trouble.isEmpty() ? "" : trouble);
      default -> "";
    };
  }

  /** Why the role cannot answer now; empty when it can. */
  String notReady() {
    State state = streams.state();
    return state == State.RUNNING
        ? ""
        : state == State.REBALANCING
            ? "rebalancing or restoring its state"
            : "in state " + state + trouble;
  }

  private void onState(State now, State before) {
    LOG.info("role {}: {} (was {})", role, now, before);
    if (now == State.RUNNING) {
      trouble = "";
    } else if (now == State.ERROR) {
      ended.complete(
          Failure.failed("role " + role + " has stopped" + trouble + ": see the log", null));
    }
  }

  private StreamThreadExceptionResponse onUncaught(Throwable error) {
    Throwable root = root(error);
    trouble = " after " + root.getClass().getSimpleName();
    if (error instanceof MissingSourceTopicException) {
      stop(
          Failure.config(
              "role " + role + " lost an input topic: run 'tidemark topics apply' and start again"),
          error);
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    } else if (root instanceof AuthorizationException || root instanceof AuthenticationException) {
      stop(
          Failure.denied("role " + role + " is not allowed to go on: " + root.getMessage(), error),
          error);
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    } else if (restarts.allow()) {
      LOG.warn("role {}: a thread died and is replaced", role, error);
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    stop(
        Failure.failed(
            "role "
                + role
                + " failed too often and stops: "
                + root.getClass().getSimpleName()
                + (root.getMessage() == null
                    ? ""
                    : ": " + root.getMessage().lines().findFirst().orElse("")),
            error),
        error);
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  private void stop(Failure failure, Throwable error) {
    LOG.error("role {}: {}", role, failure.getMessage(), error);
    ended.complete(failure);
  }

  private static Throwable root(Throwable error) {
    Throwable cause = error;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return cause;
  }

  @Override
  public void close() {
    metrics.close();
    if (!streams.close(Duration.ofSeconds(20))) {
      LOG.warn("role {} did not stop within 20 s", role);
    }
  }
}
