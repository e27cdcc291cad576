package dev.tidemark.query.http;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every request passes: method, length and host checks, security headers, errors as JSON.
 * Thread-safe.
 */
public final class Front extends Handler.Abstract {
  /** Longest path and query together, bytes. */
  public static final int LONGEST_URI = 2_048;

  private static final Logger LOG = LoggerFactory.getLogger(Front.class);
  private static final Map<String, String> SECURITY =
      Map.of(
          "Content-Security-Policy",
          "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
              + " object-src 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "X-Frame-Options",
          "DENY",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Cross-Origin-Opener-Policy",
          "same-origin");
  private final Function<Request, Reply> replies;
  private final Set<String> names;

  /**
   * A front before the function that knows the answers.
   *
   * @param names host names it answers to besides those of this machine
   */
  public Front(Function<Request, Reply> replies, Set<String> names) {
    this.replies = replies;
    this.names = Set.copyOf(names);
  }

  private boolean isNamed(String host) {
    return LocalHost.isNamed(host) || (host != null && names.contains(host));
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    send(reply(request), request, response, callback);
    return true;
  }

  private Reply reply(Request request) {
    try {
      String method = request.getMethod();
      if (!HttpMethod.GET.is(method) && !HttpMethod.HEAD.is(method)) {
        throw ApiException.readOnly();
      }
      if (request.getHttpURI().getPathQuery().length() > LONGEST_URI) {
        throw ApiException.tooLong(LONGEST_URI);
      }
      if (!isNamed(Request.getServerName(request))) {
        throw ApiException.otherHost();
      }
      return replies.apply(request);
    } catch (ApiException e) {
      return Reply.error(e);
    } catch (RuntimeException e) {
      String incident = UUID.randomUUID().toString().substring(0, 8);
      LOG.error("incident {} while answering {}", incident, request.getHttpURI().getPath(), e);
      return Reply.error(ApiException.internal(incident));
    }
  }

  private static void send(Reply reply, Request request, Response response, Callback callback) {
    response.setStatus(reply.status());
    SECURITY.forEach(response.getHeaders()::put);
    reply.headers().forEach(response.getHeaders()::put);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.contentType());
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, reply.body().length);
    boolean bare = HttpMethod.HEAD.is(request.getMethod()) || reply.status() == 304;
    response.write(true, bare ? null : ByteBuffer.wrap(reply.body()), callback);
  }

  /** For requests that never reach a handler, such as malformed ones. */
  public static Request.Handler errors() {
    return (request, response, callback) -> {
      int status = response.getStatus();
      Object said = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
      String message = said instanceof String text ? text : HttpStatus.getMessage(status);
      var body =
          new ApiException.Body(
              status * 100, "the request cannot be read: " + message, "see /api/v1/openapi.json");
      send(Reply.json(status, body), request, response, callback);
      return true;
    };
  }
}
