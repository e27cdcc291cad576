package dev.tidemark.query;

import dev.tidemark.core.detect.DetectorSettings;
import dev.tidemark.query.answer.AlertsAnswer;
import dev.tidemark.query.answer.ChangesAnswer;
import dev.tidemark.query.answer.ClosingWatch;
import dev.tidemark.query.answer.Freshness;
import dev.tidemark.query.answer.OverviewAnswer;
import dev.tidemark.query.answer.ProgressAnswer;
import dev.tidemark.query.answer.RunAnswer;
import dev.tidemark.query.answer.RunsAnswer;
import dev.tidemark.query.answer.StateBoard;
import dev.tidemark.query.answer.StatesAnswer;
import dev.tidemark.query.answer.StatusAnswer;
import dev.tidemark.query.answer.SubjectsAnswer;
import dev.tidemark.query.answer.WindowsAnswer;
import dev.tidemark.query.http.ApiException;
import dev.tidemark.query.http.PageFiles;
import dev.tidemark.query.http.Params;
import dev.tidemark.query.http.Reply;
import dev.tidemark.query.http.Route;
import dev.tidemark.query.http.Routes;
import dev.tidemark.query.view.SpanReader;
import dev.tidemark.query.view.StateViews;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Request;

/** Everything that is served, and where. Thread-safe. */
final class Site {
  static final String OPENAPI = "openapi/tidemark-v1.json";
  private static final String PROMETHEUS = "text/plain;version=0.0.4;charset=utf-8";
  private final AtomicBoolean started = new AtomicBoolean();
  private final PageFiles files = new PageFiles();
  private final ClosingWatch closing;
  private final Routes routes;

  Site(
      StateViews views,
      SpanReader spans,
      DetectorSettings detector,
      InstantSource clock,
      Supplier<String> metrics,
      Supplier<Health> live,
      Supplier<Health> ready) {
    var freshness = new Freshness(views, clock);
    closing = new ClosingWatch(views, clock);
    var board = new StateBoard(views, detector, clock);
    var all = new ArrayList<Route>();
    all.add(new OverviewAnswer(views, freshness).route());
    all.add(new SubjectsAnswer(views, board, freshness).route());
    all.add(new StatesAnswer(board, freshness).route());
    all.add(new WindowsAnswer(views, freshness).route());
    all.addAll(new AlertsAnswer(views, freshness).routes());
    all.add(new RunsAnswer(views, freshness).route());
    all.add(new RunAnswer(views, spans, freshness).route());
    all.add(new ChangesAnswer(views, freshness).route());
    all.add(new ProgressAnswer(views, freshness, closing::reason).route());
    all.add(new StatusAnswer(views, freshness, () -> withClosing(ready.get()).reasons()).route());
    String openapi = new String(PageFiles.bytes(OPENAPI), StandardCharsets.UTF_8);
    all.add(plain("/api/v1/openapi.json", p -> Reply.text(200, "application/json", openapi)));
    all.add(plain("/metrics", p -> Reply.text(200, PROMETHEUS, metrics.get())));
    all.add(plain("/livez", p -> health(live.get())));
    all.add(plain("/readyz", p -> health(withClosing(ready.get()))));
    all.add(plain("/startupz", p -> health(startup(ready))));
    routes = new Routes(all, freshness::nowMs);
  }

  /** Paths of everything but the page. */
  List<Route> routes() {
    return routes.all();
  }

  Reply reply(Request request) {
    return routes
        .reply(request)
        .or(() -> files.reply(request))
        .orElseThrow(() -> ApiException.noSuchPath("see /api/v1/openapi.json for all paths"));
  }

  /**
   * The same verdict, with the reason why windows do not close, if so. It is no verdict of its own:
   * an instance that waits for the dead owner of a partition can still answer, and one that calls
   * itself not ready would keep an orchestrator from replacing that owner.
   */
  private Health withClosing(Health ready) {
    return closing
        .reason()
        .map(
            reason -> {
              var reasons = new LinkedHashMap<>(ready.reasons());
              reasons.put("closing", reason);
              return new Health(ready.ok(), reasons);
            })
        .orElse(ready);
  }

  private Health startup(Supplier<Health> ready) {
    if (started.get()) {
      return Health.up();
    }
    Health now = ready.get();
    started.compareAndSet(false, now.ok());
    return now;
  }

  private static Route plain(String path, Function<Params, Object> answer) {
    return new Route(path, Set.of(), answer);
  }

  private static Reply health(Health health) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("ok", health.ok());
    body.put("reasons", health.reasons());
    return Reply.json(health.ok() ? 200 : 503, body);
  }
}
