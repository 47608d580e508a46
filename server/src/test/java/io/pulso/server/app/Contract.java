package io.pulso.server.app;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The contract of the API, as a program reads it. A field that it does not name is a fault here.
final class Contract {
  private final JsonNode root;

  Contract(String yaml) {
    root =
        YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build()
            .readTree(yaml);
    close(root.path("components").path("schemas"));
  }

  JsonNode tags() {
    return root.path("tags");
  }

  /// What may be asked at an address.
  record Operation(String method, String path, JsonNode node) {
    @Override
    public String toString() {
      return method + " " + path;
    }

    /// The scope that a token needs; null for everybody.
    @Nullable String scope() {
      JsonNode needed = node.path("security").path(0).path("bearer").path(0);
      return needed.isString() ? needed.asString() : null;
    }

    boolean isOpenToSome() {
      return StreamSupport.stream(node.path("security").spliterator(), false)
          .anyMatch(JsonNode::isEmpty);
    }

    /// The status of a good answer.
    int good() {
      return Integer.parseInt(
          node.path("responses").propertyNames().stream()
              .filter(status -> status.startsWith("2"))
              .findFirst()
              .orElseThrow());
    }

    /// Whether its answer has no end.
    boolean isEndless() {
      return node.at("/responses/200/content").has("text/event-stream");
    }

    boolean takesBody() {
      return node.at("/requestBody/content").has("application/json");
    }

    /// An example of a body that is no JSON; empty where there is none.
    String file() {
      return node.at("/requestBody/content/application~1octet-stream/example").asString("");
    }

    @Nullable JsonNode example() {
      JsonNode example = node.at("/requestBody/content/application~1json/example");
      return example.isMissingNode() ? null : example;
    }
  }

  List<Operation> operations() {
    List<Operation> found = new ArrayList<>();
    root.path("paths")
        .forEachEntry((path, methods) ->
            methods.forEachEntry((method, node) ->
                found.add(new Operation(method.toUpperCase(Locale.ROOT), path, node))));
    return found;
  }

  /// The parameters of an operation that stand in the query or in the path.
  List<JsonNode> parameters(Operation operation, String in) {
    return StreamSupport.stream(operation.node().path("parameters").spliterator(), false)
        .map(this::followed)
        .filter(parameter -> parameter.path("in").asString().equals(in))
        .toList();
  }

  JsonNode followed(JsonNode node) {
    JsonNode to = node.path("$ref");
    return to.isString() ? followed(root.at(to.asString().substring(1))) : node;
  }

  /// What is wrong with an answer; empty when it is as the contract says.
  List<String> faults(Operation operation, int status, String type, String body) {
    JsonNode response = followed(operation.node().path("responses").path("" + status));
    JsonNode content = response.path("content").path(type.replaceAll(";.*", "").strip());
    if (content.isMissingNode()) {
      return List.of("the contract knows no %d of type %s".formatted(status, type));
    }
    if (!type.contains("json") || type.contains("ndjson")) {
      return List.of();
    }
    return faults(content.path("schema"), body);
  }

  /// What is wrong with a JSON text.
  List<String> faults(JsonNode schema, String json) {
    ObjectNode whole = new YAMLMapper().createObjectNode();
    whole.set("allOf", whole.arrayNode().add(schema));
    whole.set("components", root.path("components"));
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(whole)
        .validate(json, InputFormat.JSON)
        .stream()
        .map(Error::toString)
        .toList();
  }

  private static void close(JsonNode node) {
    if (node instanceof ObjectNode object
        && object.has("properties")
        && !object.has("additionalProperties")) {
      object.put("additionalProperties", false);
    }
    node.forEach(Contract::close);
  }
}
