package dev.tidemark.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeCodecTest {
  static List<Change> changes() {
    var schema = new StoredSchema("spans-\u00e9\n-value", 2, 7, Schemas.V1, false);
    return List.of(
        new Change.Stored(schema),
        new Change.Stored(schema.asDeleted()),
        new Change.Erased("spans-value", 2),
        new Change.IdsUsed(9),
        new Change.LevelSet("spans-value", CompatibilityLevel.FULL_TRANSITIVE),
        new Change.LevelSet(Change.GLOBAL, null),
        new Change.ModeSet(Change.GLOBAL, RegistryMode.READONLY),
        new Change.ModeSet("spans-value", null));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void shouldReadBackWhatItWrote(Change change) throws IOException {
    ChangeCodec.Entry entry = ChangeCodec.encode(change);
    assertThat(ChangeCodec.decode(entry.key(), entry.value())).isEqualTo(change);
  }

  @Test
  void shouldKeepOneKeyPerThingSoThatCompactionForgetsOnlyThePast() {
    var first = ChangeCodec.encode(new Change.LevelSet("a", CompatibilityLevel.FULL));
    var gone = ChangeCodec.encode(new Change.LevelSet("a", null));
    var other = ChangeCodec.encode(new Change.LevelSet("b", CompatibilityLevel.FULL));
    assertThat(gone.key()).isEqualTo(first.key()).isNotEqualTo(other.key());
    assertThat(gone.value()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no json",
        "{\"keytype\":\"NOOP\",\"magic\":0}",
        "{\"keytype\":\"DELETE_SUBJECT\",\"subject\":\"a\"}"
      })
  void shouldRefuseRecordsOfOthers(String key) {
    assertThatThrownBy(() -> ChangeCodec.decode(key, "{}")).isInstanceOf(IOException.class);
  }

  @Test
  void shouldRefuseUnknownSettings() {
    assertThatThrownBy(() -> ChangeCodec.decode("{\"keytype\":\"MODE\"}", "{\"mode\":\"FORWARD\"}"))
        .isInstanceOf(IOException.class);
  }
}
