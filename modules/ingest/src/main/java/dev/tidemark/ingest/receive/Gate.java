package dev.tidemark.ingest.receive;

import dev.tidemark.ingest.receive.Refusal.Reason;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * Who a request comes from. The tenant is that of the token; a header that names one is no
 * credential, and one that names another is refused rather than ignored. Thread-safe.
 */
final class Gate {
  private static final Pattern BEARER =
      Pattern.compile("Bearer +([\\x21-\\x7e]+) *", Pattern.CASE_INSENSITIVE);
  private static final List<String> TENANT_HEADERS = List.of("x-tidemark-tenant", "x-scope-orgid");
  private final Tokens tokens;

  /** A gate; {@code tokens} is null when everybody on this machine may send. */
  Gate(Tokens tokens) {
    this.tokens = tokens;
  }

  /** Who sends a request, and so whose fleet it is. */
  Sender sender(HttpFields headers) throws Refusal {
    Sender sender = Sender.NOBODY;
    if (tokens != null) {
      String header = headers.get(HttpHeader.AUTHORIZATION);
      var bearer = BEARER.matcher(header == null ? "" : header);
      Sender known = bearer.matches() ? tokens.sender(bearer.group(1)) : null;
      if (known == null) {
        throw new Refusal(
            Reason.UNAUTHENTICATED,
            header == null
                ? "no token: send the header Authorization: Bearer TOKEN"
                : "token is not known: ask for one that is in the token file");
      }
      sender = known;
    }
    for (String name : TENANT_HEADERS) {
      String claimed = headers.get(name);
      if (claimed != null && !claimed.equals(sender.tenant())) {
        throw new Refusal(
            Reason.FORBIDDEN,
            "header " + name + " names another tenant than the token: leave it out");
      }
    }
    return sender;
  }
}
