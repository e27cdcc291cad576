package dev.tidemark.query.http;

import dev.tidemark.query.view.NotReadyException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;

/** The paths of the API. Immutable. */
public final class Routes {
  private final List<Route> routes;
  private final LongSupplier nowMs;

  /** Routes in the order they are tried; {@code nowMs} is what 'now' means in parameters. */
  public Routes(List<Route> routes, LongSupplier nowMs) {
    this.routes = List.copyOf(routes);
    this.nowMs = nowMs;
  }

  /** All of them. */
  public List<Route> all() {
    return routes;
  }

  /** The answer to a request; empty when no path fits. */
  public Optional<Reply> reply(Request request) {
    String asked = Request.getPathInContext(request);
    for (Route route : routes) {
      Optional<Map<String, String>> path = route.match(asked);
      if (path.isPresent()) {
        return Optional.of(reply(route, path.get(), request));
      }
    }
    return Optional.empty();
  }

  private Reply reply(Route route, Map<String, String> path, Request request) {
    var query = new LinkedHashMap<String, List<String>>();
    for (Fields.Field field : Request.extractQueryParameters(request)) {
      query.put(field.getName(), field.getValues());
    }
    Params params = Params.of(path, query, route.parameters(), nowMs);
    try {
      Object answer = route.answer().apply(params);
      return answer instanceof Reply reply ? reply : Reply.json(200, answer);
    } catch (NotReadyException e) {
      throw ApiException.notReady(e.store(), e.state());
    }
  }
}
