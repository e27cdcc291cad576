package dev.tidemark.ingest.receive;

import dev.tidemark.ingest.receive.Door.Accepted;
import dev.tidemark.ingest.receive.Door.Signal;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** How one request is spoken: OTLP/HTTP or OTLP/gRPC. Serves one request. */
interface Protocol {
  /** Checks what the headers say. */
  void accept() throws Refusal;

  /** What the request carries; known once it was accepted. */
  Signal signal();

  /** Whether it is in JSON rather than protobuf. */
  boolean isJson();

  /** The OTLP message inside the body. */
  byte[] message(byte[] body, Limits limits, InFlight.Share share) throws Refusal;

  /** Says that the brokers have it. */
  void answer(Response response, Accepted accepted, Callback callback);

  /** Says why not. */
  void refuse(Response response, Refusal refusal, Callback callback);
}
