package dev.tidemark.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompatibilityLevelTest {
  @ParameterizedTest
  @CsvSource({
    "NONE, true, true",
    "BACKWARD, false, true",
    "BACKWARD_TRANSITIVE, false, true",
    "FORWARD, true, false",
    "FORWARD_TRANSITIVE, true, false",
    "FULL, false, false",
    "FULL_TRANSITIVE, false, false"
  })
  void shouldAskForWhatItsNameSays(CompatibilityLevel level, boolean added, boolean dropped) {
    var before = List.of(Schemas.parsed(Schemas.V1));
    assertThat(level.objections(Schemas.parsed(Schemas.V3), before).isEmpty()).isEqualTo(added);
    assertThat(level.objections(Schemas.parsed(Schemas.EMPTY), before).isEmpty())
        .isEqualTo(dropped);
    assertThat(level.objections(Schemas.parsed(Schemas.V2), before)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"BACKWARD, true", "BACKWARD_TRANSITIVE, false"})
  void shouldLookFurtherBackOnlyWhenTransitive(CompatibilityLevel level, boolean accepted) {
    List<Schema> history = List.of(Schemas.parsed(Schemas.STRING), Schemas.parsed(Schemas.V1));
    assertThat(level.objections(Schemas.parsed(Schemas.V2), history).isEmpty()).isEqualTo(accepted);
  }

  @Test
  void shouldNameTheFieldThatStandsInTheWay() {
    var objections =
        CompatibilityLevel.BACKWARD.objections(
            Schemas.parsed(Schemas.V3), List.of(Schemas.parsed(Schemas.V1)));
    assertThat(objections).singleElement().asString().contains("/fields/1", "size");
  }

  @Test
  void shouldHaveNothingAgainstTheFirst() {
    for (CompatibilityLevel level : CompatibilityLevel.values()) {
      assertThat(level.objections(Schemas.parsed(Schemas.V1), List.of())).isEmpty();
    }
  }
}
