package dev.tidemark.core.redact;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyedHashTest {
  @Test
  void shouldHashByMeaningAndKey() {
    KeyedHash hash = KeyedHash.of(new byte[16]);
    assertThat(hash.json("{\"b\":[1.0],\"a\":null}"))
        .isEqualTo(hash.json(" {\"a\":null, \"b\":[1]}"))
        .matches("[0-9a-f]{32}");
    assertThat(hash.json("{}")).isNotEqualTo(hash.json("[]"));
    assertThat(hash.json("no JSON")).isEqualTo(hash.json("no JSON")).hasSize(32);
    byte[] other = new byte[16];
    other[0] = 1;
    assertThat(KeyedHash.of(other).json("{}")).isNotEqualTo(hash.json("{}"));
  }
}
