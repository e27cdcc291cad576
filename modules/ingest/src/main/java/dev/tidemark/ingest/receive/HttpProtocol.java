package dev.tidemark.ingest.receive;

import dev.tidemark.ingest.receive.Door.Accepted;
import dev.tidemark.ingest.receive.Door.Signal;
import dev.tidemark.ingest.receive.Refusal.Reason;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** OTLP/HTTP: answers in the encoding of the request, JSON when that is not known. */
final class HttpProtocol implements Protocol {
  private static final String PROTOBUF = "application/x-protobuf";
  private static final String JSON = "application/json";
  private final Request request;
  private final boolean json;
  private Signal signal;
  private boolean zipped;

  HttpProtocol(Request request) {
    this.request = request;
    this.json = !PROTOBUF.equals(type());
  }

  @Override
  public void accept() throws Refusal {
    signal =
        switch (Request.getPathInContext(request)) {
          case "/v1/traces" -> Signal.TRACES;
          case "/v1/logs" -> Signal.LOGS;
          default ->
              throw new Refusal(
                  Reason.UNKNOWN_PATH,
                  "nothing here; post traces to /v1/traces and logs to /v1/logs");
        };
    if (!request.getMethod().equals("POST")) {
      throw new Refusal(Reason.UNKNOWN_METHOD, "post to this address");
    }
    if (!type().equals(PROTOBUF) && !type().equals(JSON)) {
      throw new Refusal(Reason.UNSUPPORTED, "send Content-Type " + PROTOBUF + " or " + JSON);
    }
    String encoding = request.getHeaders().get(HttpHeader.CONTENT_ENCODING);
    zipped = "gzip".equalsIgnoreCase(encoding);
    if (!zipped && encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw new Refusal(Reason.UNSUPPORTED, "send Content-Encoding gzip, identity or none");
    }
  }

  private String type() {
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    int end = type == null ? -1 : type.indexOf(';');
    return type == null
        ? ""
        : (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  @Override
  public Signal signal() {
    return signal;
  }

  @Override
  public boolean isJson() {
    return json;
  }

  @Override
  public byte[] message(byte[] body, Limits limits, InFlight.Share share) throws Refusal {
    return zipped ? Body.unzip(body, limits, share) : body;
  }

  @Override
  public void answer(Response response, Accepted accepted, Callback callback) {
    send(
        response,
        200,
        json ? Answer.json(signal, accepted) : Answer.proto(signal, accepted),
        callback);
  }

  @Override
  public void refuse(Response response, Refusal refusal, Callback callback) {
    Reason reason = refusal.reason();
    if (refusal.retrySeconds() > 0) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, Integer.toString(refusal.retrySeconds()));
    }
    if (reason == Reason.UNAUTHENTICATED) {
      response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
    } else if (reason == Reason.UNKNOWN_METHOD) {
      response.getHeaders().put(HttpHeader.ALLOW, "POST");
    } else if (reason == Reason.SLOW) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    send(response, reason.http(), json ? Answer.json(refusal) : Answer.proto(refusal), callback);
  }

  private void send(Response response, int status, byte[] body, Callback callback) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, json ? JSON : PROTOBUF);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
  }
}
