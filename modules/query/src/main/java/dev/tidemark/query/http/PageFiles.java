package dev.tidemark.query.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** The files of the page, read from the class path once; nothing else is ever served. */
public final class PageFiles {
  /** Files under {@code web/}; each is served under its own name, index.html also as /. */
  static final List<String> FILES =
      List.of(
          "index.html",
          "tidemark.css",
          "icon.svg",
          "app.js",
          "api.js",
          "dom.js",
          "format.js",
          "badges.js",
          "plots.js",
          "fleet.js",
          "tool.js",
          "alerts.js",
          "alert.js",
          "runs.js",
          "run.js");

  private static final String CHART_VERSION =
      "META-INF/maven/org.webjars.npm/chart.js/pom.properties";
  private final Map<String, Reply> files = new LinkedHashMap<>();

  /** Reads them all. */
  public PageFiles() {
    for (String file : FILES) {
      files.put("/" + file, reply(file, bytes("web/" + file)));
    }
    files.put("/", files.get("/index.html"));
    files.put("/chart.js", reply("chart.js", bytes(chart())));
  }

  /** A file, or 304 when the asker has it; empty when there is no such file. */
  public Optional<Reply> reply(Request request) {
    Reply file = files.get(Request.getPathInContext(request));
    if (file != null
        && file.headers().get("ETag").equals(request.getHeaders().get(HttpHeader.IF_NONE_MATCH))) {
      return Optional.of(new Reply(304, file.contentType(), file.headers(), file.body()));
    }
    return Optional.ofNullable(file);
  }

  /** Bytes of a class path resource. */
  public static byte[] bytes(String resource) {
    try (InputStream in = PageFiles.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the class path lacks " + resource + ": rebuild the jar");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String chart() {
    try (InputStream in = PageFiles.class.getClassLoader().getResourceAsStream(CHART_VERSION)) {
      var properties = new Properties();
      properties.load(in);
      return "META-INF/resources/webjars/chart.js/"
          + properties.getProperty("version")
          + "/dist/chart.umd.js";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Reply reply(String name, byte[] body) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
      String tag = '"' + HexFormat.of().formatHex(digest, 0, 8) + '"';
      return new Reply(200, type(name), Map.of("Cache-Control", "no-cache", "ETag", tag), body);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String type(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "html" -> "text/html;charset=utf-8";
      case "css" -> "text/css;charset=utf-8";
      case "svg" -> "image/svg+xml";
      default -> "text/javascript;charset=utf-8";
    };
  }
}
