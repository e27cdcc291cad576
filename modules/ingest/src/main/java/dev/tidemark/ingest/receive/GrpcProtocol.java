package dev.tidemark.ingest.receive;

import dev.tidemark.ingest.receive.Door.Accepted;
import dev.tidemark.ingest.receive.Door.Signal;
import dev.tidemark.ingest.receive.Refusal.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * OTLP/gRPC: unary calls over HTTP/2 (gRPC over HTTP2 specification). One message comes, framed by
 * a flag and its length; the status goes in trailers, or in the headers when nothing else goes.
 */
final class GrpcProtocol implements Protocol {
  private static final int FRAME = 5;
  private static final String PACKAGE = "/opentelemetry.proto.collector.";
  private final Request request;
  private Signal signal;
  private boolean zipped;

  GrpcProtocol(Request request) {
    this.request = request;
  }

  @Override
  public void accept() throws Refusal {
    signal =
        switch (Request.getPathInContext(request)) {
          case PACKAGE + "trace.v1.TraceService/Export" -> Signal.TRACES;
          case PACKAGE + "logs.v1.LogsService/Export" -> Signal.LOGS;
          default ->
              throw new Refusal(
                  Reason.UNKNOWN_PATH, "no such method; traces and logs can be exported");
        };
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    if (!type.equals("application/grpc") && !type.equals("application/grpc+proto")) {
      throw new Refusal(Reason.UNSUPPORTED, "send Content-Type application/grpc");
    }
    String encoding = request.getHeaders().get("grpc-encoding");
    zipped = "gzip".equals(encoding);
    if (!zipped && encoding != null && !encoding.equals("identity")) {
      throw new Refusal(Reason.UNSUPPORTED, "send grpc-encoding gzip or identity");
    }
  }

  @Override
  public Signal signal() {
    return signal;
  }

  @Override
  public boolean isJson() {
    return false;
  }

  @Override
  public byte[] message(byte[] body, Limits limits, InFlight.Share share) throws Refusal {
    if (body.length < FRAME
        || ByteBuffer.wrap(body).getInt(1) != body.length - FRAME
        || body[0] < 0
        || body[0] > 1
        || (body[0] == 1 && !zipped)) {
      throw new Refusal(Reason.MALFORMED, "body is not one gRPC message; check the exporter");
    }
    byte[] message = Arrays.copyOfRange(body, FRAME, body.length);
    return body[0] == 1 ? Body.unzip(message, limits, share) : message;
  }

  @Override
  public void answer(Response response, Accepted accepted, Callback callback) {
    byte[] message = Answer.proto(signal, accepted);
    ByteBuffer framed = ByteBuffer.allocate(FRAME + message.length);
    framed.put((byte) 0).putInt(message.length).put(message).flip();
    HttpFields trailers = HttpFields.build().put("grpc-status", "0").asImmutable();
    headers(response);
    response.setTrailersSupplier(() -> trailers);
    response.write(true, framed, callback);
  }

  @Override
  public void refuse(Response response, Refusal refusal, Callback callback) {
    headers(response)
        .put("grpc-status", Integer.toString(refusal.reason().grpc()))
        .put("grpc-message", percent(refusal.getMessage()))
        .put(
            "grpc-status-details-bin",
            Base64.getEncoder().withoutPadding().encodeToString(Answer.proto(refusal)));
    response.write(true, null, callback);
  }

  private static HttpFields.Mutable headers(Response response) {
    response.setStatus(200);
    return response
        .getHeaders()
        .put(HttpHeader.CONTENT_TYPE, "application/grpc")
        .put("grpc-accept-encoding", "gzip,identity");
  }

  private static String percent(String message) {
    StringBuilder text = new StringBuilder(message.length());
    for (byte b : message.getBytes(StandardCharsets.UTF_8)) {
      if (b >= ' ' && b <= '~' && b != '%') {
        text.append((char) b);
      } else {
        text.append('%').append(String.format("%02X", b));
      }
    }
    return text.toString();
  }
}
