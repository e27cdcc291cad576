package dev.tidemark.bench.windows.flink;

import dev.tidemark.bench.windows.Contestant;
import dev.tidemark.bench.windows.RunSpec;
import java.util.Properties;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Apache Flink in a local cluster of two slots: hash state, exactly-once checkpoints every second,
 * Kafka source, Kafka sink at least once, object reuse.
 */
public final class FlinkContestant implements Contestant {
  private final RunSpec spec;
  private JobClient job;
  private volatile String failure;

  public FlinkContestant(RunSpec spec) {
    this.spec = spec;
  }

  @Override
  public void start() {
    try {
      StreamExecutionEnvironment environment =
          StreamExecutionEnvironment.createLocalEnvironment(2, settings());
      new WindowJob(spec).draw(environment);
      job = environment.executeAsync(spec.contestant());
      var unused =
          job.getJobExecutionResult()
              .whenComplete(
                  (result, problem) -> {
                    if (problem != null && failure == null) {
                      failure = root(problem).replace('\n', ' ');
                    }
                  });
    } catch (Exception e) {
      failure = root(e);
    }
  }

  @Override
  public long consumed() {
    return ReadCount.total();
  }

  @Override
  public String failure() {
    return failure;
  }

  @Override
  public void close() {
    if (job != null) {
      var unused = job.cancel();
    }
  }

  private Configuration settings() {
    Properties all = new Properties();
    all.setProperty("execution.checkpointing.interval", "1 s");
    all.setProperty("execution.checkpointing.mode", "EXACTLY_ONCE");
    all.setProperty("execution.checkpointing.storage", "filesystem");
    all.setProperty("execution.checkpointing.dir", spec.directory().toUri().toString());
    all.setProperty("state.backend.type", "hashmap");
    all.setProperty("pipeline.object-reuse", "true");
    all.setProperty("restart-strategy.type", "none");
    all.setProperty("taskmanager.numberOfTaskSlots", "2");
    all.setProperty("taskmanager.memory.network.min", "64 mb");
    all.setProperty("taskmanager.memory.network.max", "64 mb");
    all.setProperty("taskmanager.memory.managed.size", "32 mb");
    Configuration settings = new Configuration();
    all.stringPropertyNames().forEach(name -> settings.setString(name, all.getProperty(name)));
    return settings;
  }

  private static String root(Throwable problem) {
    Throwable cause = problem;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.toString();
  }
}
