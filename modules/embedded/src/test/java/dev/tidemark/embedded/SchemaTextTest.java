package dev.tidemark.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SchemaTextTest {
  @Test
  void shouldIgnoreWhiteSpaceAndKeepDocs() {
    String spread =
        "{ \"type\" : \"record\", \"name\" : \"Span\", \"doc\" : \"kept\", \"fields\" : [ ] }";
    assertThat(SchemaText.canonical(SchemaText.parse(spread)))
        .isEqualTo("{\"type\":\"record\",\"name\":\"Span\",\"doc\":\"kept\",\"fields\":[]}");
  }

  @Test
  void shouldPutAttributesInOneOrderWhenNormalized() {
    String one = "{\"type\":\"string\",\"b\":{\"y\":1,\"x\":2},\"a\":0.1}";
    String other = "{\"a\":0.1,\"type\":\"string\",\"b\":{\"x\":2,\"y\":1}}";
    assertThat(SchemaText.normalized(SchemaText.parse(one)))
        .isEqualTo(SchemaText.normalized(SchemaText.parse(other)))
        .isEqualTo("{\"a\":0.1,\"b\":{\"x\":2,\"y\":1},\"type\":\"string\"}");
  }

  @Test
  void shouldStayTheSameSchemaWhenNormalized() {
    assertThat(SchemaText.parse(SchemaText.normalized(SchemaText.parse(Schemas.V2))))
        .isEqualTo(SchemaText.parse(Schemas.V2));
  }

  @Test
  void shouldRefuseWhatIsNotAvro() {
    for (String text : new String[] {"", "no", "{\"type\":\"strong\"}", "[".repeat(50_000)}) {
      assertThatThrownBy(() -> SchemaText.parse(text))
          .isInstanceOfSatisfying(
              RegistryError.class, error -> assertThat(error.code()).isEqualTo(42201));
    }
  }
}
