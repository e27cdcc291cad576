package dev.tidemark.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouteTest {
  private final Route route = Route.of("GET", "/subjects/{subject}/versions", call -> "");

  @Test
  void shouldNameTheVariablesOfAPath() {
    assertThat(route.match(List.of("subjects", "a", "versions"))).contains(Map.of("subject", "a"));
  }

  @Test
  void shouldNotFitOtherPaths() {
    assertThat(route.match(List.of("subjects", "a"))).isEmpty();
    assertThat(route.match(List.of("subjects", "a", "version"))).isEmpty();
    assertThat(route.match(List.of("subjects", "a", "versions", "1"))).isEmpty();
  }

  @Test
  void shouldForgiveASlashAtTheEnd() {
    assertThat(Route.segments("/subjects/")).isEqualTo(Route.segments("/subjects"));
    assertThat(Route.segments("/")).isEmpty();
  }
}
