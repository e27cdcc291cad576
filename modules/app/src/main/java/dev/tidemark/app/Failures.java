package dev.tidemark.app;

import dev.tidemark.embedded.EmbeddedException;
import dev.tidemark.wire.RegistryUnavailableException;
import java.net.BindException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Turns what went wrong into one sentence and an exit code. */
public final class Failures {
  private Failures() {}

  /** Prints the sentence and gives the exit code. */
  static int report(Console console, Throwable error, boolean debug) {
    if (error instanceof Console.PipeClosed) {
      return ExitCode.PIPE_CLOSED;
    }
    Failure failure = of(error);
    console.say("tidemark: " + Console.safe(failure.getMessage()));
    if (debug) {
      error.printStackTrace(console.err());
    }
    if (unwrap(error) instanceof InterruptedException) {
      return ExitCode.INTERRUPTED;
    }
    return failure.exitCode();
  }

  /** The failure that describes {@code error}; never null. */
  public static Failure of(Throwable error) {
    Throwable cause = unwrap(error);
    if (cause instanceof Failure failure) {
      return failure;
    } else if (cause instanceof SslAuthenticationException) {
      return Failure.denied(
          "TLS with the broker failed: "
              + message(cause)
              + ": check security.protocol and the trust store",
          cause);
    } else if (cause instanceof AuthenticationException) {
      return Failure.denied(
          "the broker refused to authenticate us: "
              + message(cause)
              + ": check sasl.* in the --command-config file",
          cause);
    } else if (cause instanceof AuthorizationException) {
      return Failure.denied(
          "the broker does not allow this: "
              + message(cause)
              + ": grant it with kafka-acls.sh --add --allow-principal ... "
              + "--resource-pattern-type prefixed",
          cause);
    } else if (cause instanceof UnknownTopicOrPartitionException) {
      return Failure.config(
          "a topic is missing: " + message(cause) + ": run 'tidemark topics apply'");
    } else if (cause instanceof TimeoutException) {
      return Failure.unreachable(
          "the broker did not answer in time: " + message(cause) + ": check --bootstrap-server",
          cause);
    } else if (cause instanceof UnsupportedVersionException) {
      return Failure.unreachable(
          "the broker is too old for this: " + message(cause) + ": use Kafka 3.0 or later", cause);
    } else if (cause instanceof ConfigException) {
      return Failure.config(message(cause) + ": check --command-config and -X");
    } else if (cause instanceof EmbeddedException embedded) {
      return embedded.reason() == EmbeddedException.Reason.FAILED
          ? Failure.failed(message(cause), cause)
          : Failure.unreachable(message(cause), cause);
    } else if (cause instanceof RegistryUnavailableException) {
      return Failure.unreachable(message(cause) + ": check --schema-registry", cause);
    } else if (cause instanceof SerializationException) {
      return Failure.failed(
          "a record cannot be read: " + message(cause) + ": check --schema-registry", cause);
    } else if (cause instanceof BindException) {
      return Failure.unreachable(
          "a port cannot be opened: " + message(cause) + ": choose another port", cause);
    } else if (cause instanceof InterruptedException) {
      return Failure.failed("interrupted", cause);
    }
    return Failure.failed(
        "it failed unexpectedly: "
            + cause.getClass().getSimpleName()
            + ": "
            + message(cause)
            + ": run again with --debug for details",
        cause);
  }

  private static Throwable unwrap(Throwable error) {
    Throwable cause = error;
    while ((cause instanceof ExecutionException || cause instanceof CompletionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static String message(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? "no reason given" : message.lines().findFirst().orElse("");
  }
}
