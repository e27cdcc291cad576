package dev.tidemark.wire;

import dev.tidemark.wire.RecordFormatException.Reason;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Gives a deserializer that is not ours our two kinds of failure. Confluent's wraps a refused
 * connection in the same exception as damaged bytes, and an application that skips the latter would
 * skip everything during an outage.
 */
final class ForeignDeserializer<T> implements Deserializer<T> {
  private final Class<T> type;
  private final Deserializer<T> foreign;

  ForeignDeserializer(Class<T> type, Deserializer<T> foreign) {
    this.type = type;
    this.foreign = foreign;
  }

  @Override
  public T deserialize(String topic, byte[] data) {
    return deserialize(topic, null, data);
  }

  @Override
  public T deserialize(String topic, Headers headers, byte[] data) {
    if (data == null) {
      return null;
    }
    try {
      Object value =
          headers == null
              ? foreign.deserialize(topic, data)
              : foreign.deserialize(topic, headers, data);
      return type.cast(value);
    } catch (ClassCastException e) {
      throw new RecordFormatException(
          Reason.WRONG_SUBJECT, "a record on " + topic + " is not a " + type.getSimpleName(), e);
    } catch (StackOverflowError e) {
      throw new RecordFormatException(
          Reason.TOO_DEEP, "a record on " + topic + " is nested too deeply");
    } catch (RegistryUnavailableException | RecordFormatException e) {
      throw e;
    } catch (RuntimeException e) {
      throw classify(topic, data, e);
    }
  }

  @Override
  public void close() {
    foreign.close();
  }

  private RuntimeException classify(String topic, byte[] data, RuntimeException failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (isOutage(t)) {
        return new RegistryUnavailableException(
            "the schema registry cannot be asked by "
                + foreign.getClass().getName()
                + ": check "
                + AvroConfig.URL
                + " and its credentials",
            failure);
      }
      // Confluent's client, known by name only: 40403 is an unknown schema id.
      if (t.getClass().getSimpleName().equals("RestClientException")
          && String.valueOf(t.getMessage()).contains("40403")) {
        return new RecordFormatException(
            Reason.UNKNOWN_SCHEMA_ID, "the schema registry does not know the schema id", failure);
      }
    }
    if (!(failure instanceof SerializationException)) {
      return failure;
    }
    if (data.length == 0 || data[0] != 0) {
      Reason reason = data.length == 0 ? Reason.EMPTY_VALUE : Reason.NOT_REGISTRY_FRAMED;
      return new RecordFormatException(
          reason, "a record on " + topic + " does not start with a schema id", failure);
    }
    return new RecordFormatException(
        Reason.MALFORMED, "a record on " + topic + " cannot be read", failure);
  }

  private static boolean isOutage(Throwable t) {
    return t instanceof RetriableException
        || t instanceof AuthenticationException
        || t instanceof AuthorizationException
        || t instanceof SocketException
        || t instanceof SocketTimeoutException
        || t instanceof UnknownHostException
        || t instanceof HttpTimeoutException
        || t instanceof ClosedChannelException
        || t instanceof SSLException;
  }
}
