package dev.tidemark.core.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PriceBookTest {
  @Test
  void shouldNotKnowAModelNobodyPriced() {
    PriceBook book = book(price("maple", "oak"), price("maple", "elm-*"));

    assertThat(book.find("maple", "oak-large")).isNull();
    assertThat(book.find("maple", "ELM-1")).isNull();
    assertThat(book.find("birch", "oak")).isNull();
    assertThat(book.find(null, "oak")).isNull();
    assertThat(book.find("maple", null)).isNull();
    assertThat(PriceBook.EMPTY.find("maple", "oak")).isNull();
  }

  @Test
  void shouldPreferTheWholeNameThenTheLongestBeginning() {
    Price name = price("*", "oak-large");
    Price longer = price("*", "oak-l*");
    Price shorter = price("*", "oak*");
    Price all = price("*", "*");
    PriceBook book = book(all, shorter, name, longer, price("*", "oak-m*"));

    assertThat(book.find(null, "oak-large")).isSameAs(name);
    assertThat(book.find(null, "oak-large-2")).isSameAs(longer);
    assertThat(book.find(null, "oak")).isSameAs(shorter);
    assertThat(book.find(null, "oak-z")).isSameAs(shorter);
    assertThat(book.find(null, "ash")).isSameAs(all);
  }

  @Test
  void shouldPreferTheProviderAmongEqualModels() {
    Price own = price("maple", "oak*");
    Price any = price("*", "oak*");
    Price short1 = price("birch", "oa*");
    PriceBook book = book(any, own, short1, price("birch", "oak-2"));

    assertThat(book.find("maple", "oak-1")).isSameAs(own);
    assertThat(book.find("birch", "oak-1")).isSameAs(any);
    assertThat(book.find("maple", "oak-2")).isSameAs(own);
    assertThat(book.find("birch", "oats")).isSameAs(short1);
    assertThat(book.find("maple", "oats")).isNull();
  }

  @Test
  void shouldRefuseTwoPricesForOneModelAndAMissingVersion() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> book(price("maple", "oak*"), price("maple", "oak*")))
        .withMessageContaining("oak*");
    assertThatIllegalArgumentException().isThrownBy(() -> PriceBook.of(" ", List.of()));
  }

  /** Names over two letters share many beginnings; a plain scan says which one is the longest. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void shouldFindWhatAPlainScanFinds(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      Map<String, Price> prices = new LinkedHashMap<>();
      for (int i = random.nextInt(40); i > 0; i--) {
        Price price = price(provider(random), word(random) + (random.nextBoolean() ? "*" : ""));
        prices.put(price.provider() + "/" + price.model(), price);
      }
      List<Price> all = new ArrayList<>(prices.values());
      PriceBook book = PriceBook.of("1", all);
      for (int i = 0; i < 50; i++) {
        String provider = provider(random);
        String model = word(random);

        assertThat(book.find(provider, model))
            .as("seed %d: %s of %s in %s", seed, model, provider, all)
            .isSameAs(scan(all, provider, model));
      }
    }
  }

  private static Price scan(List<Price> all, String provider, String model) {
    Price best = null;
    long most = -1;
    for (Price price : all) {
      boolean prefix = price.model().endsWith("*");
      String start = prefix ? price.model().substring(0, price.model().length() - 1) : "";
      boolean named = prefix ? model.startsWith(start) : model.equals(price.model());
      boolean sold = price.provider().equals("*") || price.provider().equals(provider);
      long rank =
          (prefix ? start.length() * 2L : 1_000) + (price.provider().equals(provider) ? 1 : 0);
      if (named && sold && rank > most) {
        best = price;
        most = rank;
      }
    }
    return best;
  }

  private static String provider(Random random) {
    return List.of("*", "maple", "birch").get(random.nextInt(3));
  }

  private static String word(Random random) {
    StringBuilder word = new StringBuilder("a");
    for (int i = random.nextInt(6); i > 0; i--) {
      word.append(random.nextBoolean() ? 'a' : 'b');
    }
    return word.toString();
  }

  private static PriceBook book(Price... prices) {
    return PriceBook.of("test", List.of(prices));
  }

  private static Price price(String provider, String model) {
    return new Price(provider, model, "USD", 3, 3, 3, 15, 15);
  }
}
