package dev.tidemark.ingest.receive;

import dev.tidemark.ingest.receive.Refusal.Reason;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every request comes through here: who sends it, in which protocol, within which limits. The body
 * is read only after the headers were accepted. Thread-safe.
 */
final class Front extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(Front.class);
  private final Gate gate;
  private final Door door;
  private final Limits limits;
  private final InFlight inFlight;
  private final ReceiverCounts counts;

  Front(Gate gate, Door door, Limits limits, ReceiverCounts counts) {
    this.gate = gate;
    this.door = door;
    this.limits = limits;
    this.inFlight = new InFlight(limits.inFlightBytes());
    this.counts = counts;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    Protocol protocol =
        type != null && type.startsWith("application/grpc")
            ? new GrpcProtocol(request)
            : new HttpProtocol(request);
    Sender sender;
    try {
      sender = gate.sender(request.getHeaders());
      protocol.accept();
      if (request.getLength() > limits.bodyBytes()) {
        throw Body.tooLarge(limits);
      }
      door.check(sender);
    } catch (Refusal refusal) {
      counts.refused(refusal.reason());
      protocol.refuse(response, refusal, Rest.of(request, limits, callback));
      return true;
    }
    InFlight.Share share = inFlight.share();
    Callback done = Callback.from(callback, share::close);
    new Body(
            request,
            limits,
            share,
            new Body.Taker() {
              @Override
              public void complete(byte[] bytes) {
                try {
                  byte[] message = protocol.message(bytes, limits, share);
                  protocol.answer(
                      response,
                      door.take(protocol.signal(), protocol.isJson(), message, sender),
                      done);
                } catch (Refusal refusal) {
                  failed(refusal);
                } catch (RuntimeException e) {
                  LOG.error("a request could not be handled", e);
                  failed(new Refusal(Reason.UNAVAILABLE, "the receiver failed; try again"));
                }
              }

              @Override
              public void failed(Refusal refusal) {
                counts.refused(refusal.reason());
                share.close();
                boolean rest = refusal.reason() != Reason.SLOW;
                protocol.refuse(
                    response, refusal, rest ? Rest.of(request, limits, callback) : callback);
              }
            })
        .read();
    return true;
  }

  /** Bytes of requests that are held now. */
  long held() {
    return inFlight.held();
  }
}
