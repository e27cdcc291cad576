package dev.tidemark.core.redact;

import java.util.ArrayList;
import java.util.List;

/**
 * Keys of providers that mark their keys with a prefix, as the providers document them. A key is a
 * prefix, then at least so many letters, digits, dashes or underscores with a digit among them.
 */
final class TokenShapes {
  private static final int SHORTEST = 16;
  private static final String[] PREFIXES = {
    // model providers and what agents are traced with
    "sk-",
    "sk_",
    "pk_",
    "rk_",
    "gsk_",
    "hf_",
    "r8_",
    "xai-",
    "pplx-",
    "tvly-",
    "fw_",
    "nvapi-",
    "lsv2_pt_",
    "lsv2_sk_",
    "pcsk_",
    "csk-",
    "jina_",
    "co-",
    "fc-",
    // code hosts and package registries
    "ghp_",
    "gho_",
    "ghs_",
    "ghu_",
    "ghr_",
    "github_pat_",
    "glpat-",
    "gldt-",
    "glrt-",
    "glcbt-",
    "glptt-",
    "npm_",
    "pypi-",
    "dckr_pat_",
    "dckr_oat_",
    "rubygems_",
    "ATATT3",
    "ATCTT3",
    "ATBB",
    "CFPAT-",
    "lin_api_",
    "lin_oauth_",
    // chat and mail
    "xoxa-",
    "xoxb-",
    "xoxp-",
    "xoxr-",
    "xoxs-",
    "xoxo-",
    "xoxe-",
    "xoxe.xoxp-",
    "xapp-",
    "SG.",
    "secret_",
    "ntn_",
    // payment and shops
    "whsec_",
    "shpat_",
    "shpss_",
    "shpca_",
    "shppa_",
    "sq0atp-",
    "sq0csp-",
    // clouds, databases, operations
    "AIza",
    "ya29.",
    "GOCSPX-",
    "1//0",
    "dop_v1_",
    "doo_v1_",
    "dor_v1_",
    "dapi",
    "hvs.",
    "hvb.",
    "glsa_",
    "glc_",
    "NRAK-",
    "sntrys_",
    "sntryu_",
    "phc_",
    "phx_",
    "dp.pt.",
    "dp.st.",
    "pul-",
    "sbp_",
    "sb_secret_",
    "vercel_blob_",
    "LTAI",
    "AGE-SECRET-KEY-1",
    "PMAK-",
    "figd_",
    "ddp_",
    "SK",
    "key-",
    "EAA",
  };

  /** Prefixes that are beginnings of other words as well: their keys are at least this long. */
  private static final List<Longer> LONGER =
      List.of(
          new Longer("SK", 32),
          new Longer("key-", 32),
          new Longer("dapi", 32),
          new Longer("AIza", 35),
          new Longer("LTAI", 20),
          new Longer("r8_", 37),
          new Longer("co-", 40),
          new Longer("fc-", 32),
          new Longer("EAA", 100));

  static final String STARTS = starts();
  private static final String[][] BY_FIRST = byFirst();

  private TokenShapes() {}

  /** End of the key that starts at {@code start}, or -1. */
  static int end(String text, int start) {
    char first = text.charAt(start);
    String[] candidates = first < 128 ? BY_FIRST[first] : null;
    if (candidates == null) {
      return -1;
    }
    for (String prefix : candidates) {
      if (text.startsWith(prefix, start)) {
        int from = start + prefix.length();
        int end = SecretRule.run(text, from, prefix.indexOf('.') >= 0 ? "-_." : "-_");
        if (end - from >= shortest(prefix) && SecretRule.hasDigit(text, from, end)) {
          return end;
        }
      }
    }
    return -1;
  }

  private static int shortest(String prefix) {
    for (Longer longer : LONGER) {
      if (longer.prefix.equals(prefix)) {
        return longer.length;
      }
    }
    return SHORTEST;
  }

  private static String starts() {
    var starts = new StringBuilder();
    for (String prefix : PREFIXES) {
      if (starts.indexOf(prefix.substring(0, 1)) < 0) {
        starts.append(prefix.charAt(0));
      }
    }
    return starts.toString();
  }

  private static String[][] byFirst() {
    var table = new String[128][];
    for (char first : starts().toCharArray()) {
      var list = new ArrayList<String>();
      for (String prefix : PREFIXES) {
        if (prefix.charAt(0) == first) {
          list.add(prefix);
        }
      }
      table[first] = list.toArray(String[]::new);
    }
    return table;
  }

  private record Longer(String prefix, int length) {}
}
