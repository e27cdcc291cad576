package dev.tidemark.ingest;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidemark.ingest.SpanOutlet.Unavailable;
import dev.tidemark.ingest.dialect.Normalizer;
import dev.tidemark.ingest.otlp.Malformed;
import dev.tidemark.ingest.otlp.OtlpJson;
import dev.tidemark.ingest.otlp.OtlpSpan;
import dev.tidemark.records.AgentSpan;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/**
 * OTLP over HTTP, JSON encoding, on loopback: {@code POST /v1/traces}. Answers 200 only once the
 * broker has the spans; 400, 404, 405, 413, 415 and 503 say what to change. Thread-safe.
 */
public final class OtlpReceiver implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int LARGEST = 16 * 1024 * 1024;
  private static final long IDLE_MS = 30_000;
  private final Server server;
  private final URI address;

  private OtlpReceiver(Server server, URI address) {
    this.server = server;
    this.address = address;
  }

  /**
   * Listens on loopback; port 0 takes any free one.
   *
   * @throws IOException when the port is in use
   */
  public static OtlpReceiver start(int port, SpanOutlet outlet) throws IOException {
    Server server = new Server();
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    connector.setIdleTimeout(IDLE_MS);
    server.addConnector(connector);
    server.setHandler(new Traces(outlet));
    try {
      server.start();
    } catch (Exception e) {
      throw new IOException("cannot listen on 127.0.0.1:" + port + "; choose another port", e);
    }
    return new OtlpReceiver(
        server, URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/v1/traces"));
  }

  /** Where to point an OTLP/HTTP exporter. */
  public URI address() {
    return address;
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("OTLP receiver did not stop cleanly", e);
    }
  }

  private static final class Traces extends Handler.Abstract {
    private final SpanOutlet outlet;

    private Traces(SpanOutlet outlet) {
      this.outlet = outlet;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws IOException {
      if (!Request.getPathInContext(request).equals("/v1/traces")) {
        return answer(response, callback, 404, "nothing here; post traces to /v1/traces");
      }
      if (!request.getMethod().equals("POST")) {
        return answer(response, callback, 405, "post traces to /v1/traces");
      }
      String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
      if (type == null || !type.startsWith("application/json")) {
        return answer(response, callback, 415, "send Content-Type application/json");
      }
      String encoding = request.getHeaders().get(HttpHeader.CONTENT_ENCODING);
      if (encoding != null && !encoding.equals("gzip") && !encoding.equals("identity")) {
        return answer(response, callback, 415, "send Content-Encoding gzip or none");
      }
      try {
        byte[] body = body(request, "gzip".equals(encoding));
        if (body.length > LARGEST) {
          return answer(response, callback, 413, "body exceeds 16 MiB; send smaller batches");
        }
        return receive(OtlpJson.traces(body), response, callback);
      } catch (Malformed | ZipException | EOFException e) {
        return answer(response, callback, 400, String.valueOf(e.getMessage()));
      } catch (Unavailable e) {
        response.getHeaders().put(new HttpField(HttpHeader.RETRY_AFTER, "5"));
        return answer(response, callback, 503, e.getMessage());
      }
    }

    private boolean receive(List<OtlpSpan> received, Response response, Callback callback)
        throws Unavailable, IOException {
      List<AgentSpan> good = new ArrayList<>(received.size());
      String reason = null;
      for (OtlpSpan span : received) {
        String refusal = refusal(span);
        if (refusal == null) {
          good.add(Normalizer.normalize(span));
        } else {
          reason = reason == null ? refusal : reason;
        }
      }
      outlet.publish(good);
      int rejected = received.size() - good.size();
      Map<String, Object> body =
          rejected == 0
              ? Map.of()
              : Map.of(
                  "partialSuccess",
                  Map.of("rejectedSpans", Integer.toString(rejected), "errorMessage", reason));
      return send(response, callback, 200, body);
    }

    private static String refusal(OtlpSpan span) {
      if (!span.traceId().matches("(?!0+$)[0-9a-f]{32}")) {
        return "traceId is not 32 hex digits other than zeros";
      }
      if (!span.spanId().matches("(?!0+$)[0-9a-f]{16}")) {
        return "spanId is not 16 hex digits other than zeros";
      }
      return span.endNanos() <= 0 ? "endTimeUnixNano is missing" : null;
    }

    private static byte[] body(Request request, boolean gzip) throws IOException {
      try (InputStream raw = Content.Source.asInputStream(request);
          InputStream in = gzip ? new GZIPInputStream(raw) : raw) {
        return in.readNBytes(LARGEST + 1);
      }
    }

    private static boolean answer(Response response, Callback callback, int status, String message)
        throws IOException {
      return send(response, callback, status, Map.of("message", message));
    }

    private static boolean send(
        Response response, Callback callback, int status, Map<String, Object> body)
        throws IOException {
      response.setStatus(status);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
      byte[] json = JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
      response.write(true, ByteBuffer.wrap(json), callback);
      return true;
    }
  }
}
