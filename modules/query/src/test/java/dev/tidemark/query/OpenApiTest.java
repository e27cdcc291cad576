package dev.tidemark.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.query.http.Route;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The OpenAPI document, the server and the README say the same. */
class OpenApiTest {
  private final InMemoryViews views =
      DemoFleet.views()
          .alert(
              Records.alert(
                  "a1",
                  Records.tool("search_flights", "v2", "2"),
                  dev.tidemark.records.AlertStatus.FIRING))
          .run(Records.run(1).setTraceId("4bf92f3577b34da6a3ce929d0e0e4736").build());

  @Test
  void shouldDocumentEveryPathThatIsServed() throws IOException {
    var served =
        new Site(
                views,
                DemoFleet.spans(),
                InMemoryViews.SETTINGS,
                InstantSource.system(),
                () -> "",
                Health::up,
                Health::up)
            .routes();
    JsonNode paths = document().get("paths");

    assertThat(names(paths))
        .isEqualTo(served.stream().map(Route::path).collect(Collectors.toCollection(TreeSet::new)));
    for (Route route : served) {
      assertThat(queryParameters(paths.get(route.path())))
          .as(route.path())
          .isEqualTo(new TreeSet<>(route.parameters()));
    }
  }

  @Test
  void shouldAnswerEveryDocumentedPathWithItsExamples() throws IOException {
    JsonNode document = document();
    try (var site = TestSite.over(views, DemoFleet.spans())) {
      for (String path : names(document.get("paths"))) {
        HttpResponse<String> response = site.get(example(document, path));

        assertThat(response.statusCode()).as(path + response.body()).isEqualTo(200);
        JsonNode properties =
            document
                .get("paths")
                .get(path)
                .at("/get/responses/200/content/application~1json/schema/properties");
        if (!properties.isMissingNode()) {
          assertThat(names(TestSite.parse(response.body()))).as(path).isEqualTo(names(properties));
        }
      }
    }
  }

  @Test
  void shouldDocumentFiguresFieldByField() throws IOException {
    try (var site = TestSite.over(views, DemoFleet.spans())) {
      JsonNode schemas = document().at("/components/schemas");

      assertThat(names(site.json("/api/v1/overview").get("figures")))
          .isEqualTo(names(schemas.at("/Figures/properties")));
      assertThat(names(site.json("/api/v1/runs").at("/runs/0")))
          .isEqualTo(names(schemas.at("/RunLine/properties")));
      assertThat(names(site.json("/api/v1/subjects").at("/subjects/0/series")))
          .isEqualTo(names(schemas.at("/Series/properties")));
      assertThat(names(site.json("/api/v1/subjects").at("/subjects/0/states")))
          .isEqualTo(names(schemas.at("/StateCounts/properties")));
      assertThat(names(site.json("/api/v1/overview").at("/loudest/0")))
          .isEqualTo(names(schemas.at("/AlertBadge/properties")));
      JsonNode states =
          document().at("/paths/~1api~1v1~1states/get/responses/200/content/application~1json");
      assertThat(names(site.json("/api/v1/states").at("/states/0")))
          .isEqualTo(names(states.at("/schema/properties/states/items/properties")));
    }
  }

  @Test
  void shouldListThePathsInTheReadme() throws IOException {
    JsonNode paths = document().get("paths");
    List<String> rows = new ArrayList<>();
    for (String path : names(paths)) {
      rows.add("| `" + path + "` | " + paths.get(path).at("/get/summary").asText() + " |");
    }

    assertThat(Files.readString(Path.of("README.md"), StandardCharsets.UTF_8))
        .contains(String.join("\n", rows));
  }

  private static JsonNode document() throws IOException {
    try (var in = OpenApiTest.class.getClassLoader().getResourceAsStream(Site.OPENAPI)) {
      return TestSite.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static String example(JsonNode document, String path) {
    String filled = path;
    var query = new ArrayList<String>();
    for (JsonNode parameter : document.get("paths").get(path).at("/get/parameters")) {
      JsonNode it = resolved(document, parameter);
      if (!it.has("example")) {
        continue;
      }
      String value = URLEncoder.encode(it.get("example").asText(), StandardCharsets.UTF_8);
      String name = it.get("name").asText();
      if (it.get("in").asText().equals("path")) {
        filled = filled.replace("{" + name + "}", value);
      } else {
        query.add(name + "=" + value);
      }
    }
    return query.isEmpty() ? filled : filled + "?" + String.join("&", query);
  }

  private static Set<String> queryParameters(JsonNode item) throws IOException {
    var names = new TreeSet<String>();
    JsonNode document = document();
    for (JsonNode parameter : item.at("/get/parameters")) {
      JsonNode it = resolved(document, parameter);
      if (it.get("in").asText().equals("query")) {
        names.add(it.get("name").asText());
      }
    }
    return names;
  }

  private static JsonNode resolved(JsonNode document, JsonNode parameter) {
    return parameter.has("$ref")
        ? document.at(parameter.get("$ref").asText().substring(1))
        : parameter;
  }

  private static Set<String> names(JsonNode node) {
    var names = new TreeSet<String>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
