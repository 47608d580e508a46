package io.pulso.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulso.engine.event.Event;
import io.pulso.engine.event.EventType;
import io.pulso.engine.json.Json;
import io.pulso.engine.model.Model;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Random cases find engines that get one thing wrong.
class ComparingTest {
  private static void find(Rules.Engine engine) {
    assertThatThrownBy(() -> Comparing.compare(engine, 1, RandomContract.SOME))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("seed ");
  }

  private static void findEvents(UnaryOperator<Event> change) {
    find((world, asked) ->
        ReferenceScorer.score(
            new World(world.zone(), world.records().stream().map(change).toList()), asked));
  }

  private static void findWithout(Predicate<Event> left) {
    find((world, asked) ->
        ReferenceScorer.score(
            new World(world.zone(), world.records().stream().filter(left).toList()), asked));
  }

  @Test
  void an_engine_with_its_own_days_is_found() {
    find(
        (world, asked) -> ReferenceScorer.score(new World(ZoneOffset.UTC, world.records()), asked));
  }

  @Test
  void an_engine_that_knows_too_much_is_found() {
    find((world, asked) ->
        ReferenceScorer.score(world, new Asked(asked.model(), asked.asOf(), null, asked.all())));
  }

  @Test
  void an_engine_that_scores_visitors_unasked_is_found() {
    find((world, asked) -> ReferenceScorer.score(world, asked.everybody()));
  }

  @Test
  void an_engine_that_keeps_the_last_copy_is_found() {
    find((world, asked) -> {
      List<Event> reversed = new ArrayList<>(world.records());
      Collections.reverse(reversed);
      return ReferenceScorer.score(new World(world.zone(), reversed), asked);
    });
  }

  @Test
  void an_engine_that_keeps_copies_is_found() {
    int[] number = {0};
    findEvents(
        event -> changed(event, event.groupId(), event.traits(), event.messageId() + number[0]++));
  }

  @Test
  void an_engine_without_aliases_is_found() {
    findWithout(event -> event.type() != EventType.ALIAS);
  }

  @Test
  void an_engine_without_accounts_of_events_is_found() {
    findEvents(event ->
        event.type() == EventType.GROUP
            ? event
            : changed(event, null, event.traits(), event.messageId()));
  }

  @Test
  void an_engine_without_traits_is_found() {
    findEvents(event -> changed(event, event.groupId(), Json.Obj.EMPTY, event.messageId()));
  }

  @Test
  void an_engine_that_forgets_who_is_inactive_is_found() {
    find((world, asked) -> {
      SortedMap<String, Scored> scores = new TreeMap<>(Records.BYTES);
      ReferenceScorer.score(world, asked)
          .forEach((id, s) -> scores.put(id, new Scored(id, s.score(), s.band(), false)));
      return scores;
    });
  }

  @Test
  void an_engine_that_fails_is_found() {
    find((world, asked) -> {
      throw new IllegalStateException("out of order");
    });
  }

  @Test
  void what_is_found_is_made_small() {
    Rules.Engine engine = (world, asked) -> ReferenceScorer.score(world, asked.everybody());
    assertThatThrownBy(() -> Comparing.compare(engine, 1, RandomContract.SOME))
        .message()
        .satisfies(
            text -> assertThat(text.lines().filter(line -> line.contains("source="))).hasSize(1));
  }

  @Test
  void a_seed_gives_the_same_case_again() {
    RandomCase first = RandomCase.of(7);
    RandomCase second = RandomCase.of(7);
    assertThat(second.world()).isEqualTo(first.world());
    assertThat(texts(second)).isEqualTo(texts(first));
    assertThat(RandomCase.of(8).world()).isNotEqualTo(first.world());
  }

  private static List<String> texts(RandomCase random) {
    return random.questions().stream()
        .map(asked -> asked.asOf() + " " + asked.knownAt() + "\n" + ModelText.of(asked.model()))
        .toList();
  }

  @Test
  void cases_are_of_every_kind_and_most_have_something_to_score() {
    List<Scored> scores =
        LongStream.range(1, 100).mapToObj(RandomCase::of).flatMap(ComparingTest::answers).toList();
    assertThat(scores).anyMatch(scored -> scored.score() == null);
    assertThat(scores).anyMatch(Scored::inactive).anyMatch(scored -> !scored.inactive());
    assertThat(scores).anyMatch(scored -> scored.score() != null && scored.score() < 0);
    assertThat(scores.stream().filter(scored -> !Long.valueOf(0).equals(scored.score())).count())
        .isGreaterThan(scores.size() / 3);
    for (Model.Method method : Model.Method.values()) {
      for (Model.Subject subject : Model.Subject.values()) {
        assertThat(LongStream.range(1, 100).mapToObj(RandomCase::of))
            .anyMatch(random ->
                random.questions().stream()
                    .map(Asked::model)
                    .anyMatch(m -> m.method() == method && m.subject() == subject));
      }
    }
  }

  private static Stream<Scored> answers(RandomCase random) {
    return random.questions().stream()
        .flatMap(asked -> ReferenceScorer.score(random.world(), asked).values().stream());
  }

  private static Event changed(
      Event event, @Nullable String groupId, Json.Obj traits, String messageId) {
    return new Event(
        event.type(),
        event.userId(),
        event.anonymousId(),
        event.previousId(),
        groupId,
        event.event(),
        event.name(),
        event.channel(),
        event.occurredAt(),
        event.receivedAt(),
        event.receivedAssumed(),
        messageId,
        event.source(),
        event.trusted(),
        event.properties(),
        event.context(),
        traits);
  }
}
