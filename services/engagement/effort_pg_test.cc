// Time, lessons and pilots; reading single records, through real gRPC over a real database.

#include "services/engagement/testing/work_test.h"

namespace staraction::engagement {
namespace {

using absl::StatusCode;
using test::StatusIs;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAreArray;

TEST_F(WorkTest, TimeAndLessonsOfPilotsAreReported) {
  v1::AcceptQuoteRequest accept;
  accept.set_pilot(true);
  const v1::Engagement pilot = Open(accept);
  Open();
  v1::CreateEffortEntryRequest effort;
  effort.set_parent(pilot.name());
  effort.mutable_effort_entry()->set_step("1.1");
  effort.mutable_effort_entry()->set_minutes(90);
  *effort.mutable_effort_entry()->mutable_work_date() = ToProtoDate(today_);
  const auto entry = As<Efforts>("consultant", &Efforts::Stub::CreateEffortEntry, effort);
  ASSERT_OK(entry);
  EXPECT_EQ(entry->user(), world_.user("consultant"));
  effort.mutable_effort_entry()->set_step("9.9");
  EXPECT_THAT(As<Efforts>("consultant", &Efforts::Stub::CreateEffortEntry, effort),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("1.1")));
  v1::UpdateEffortEntryRequest update;
  update.mutable_effort_entry()->set_name(entry->name());
  update.mutable_effort_entry()->set_minutes(120);
  update.mutable_update_mask()->add_paths("minutes");
  ASSERT_OK(As<Efforts>("consultant", &Efforts::Stub::UpdateEffortEntry, update));
  v1::GetEffortReportRequest report;
  report.set_name(pilot.name() + "/effortReport");
  const auto sums = As<Efforts>("consultant", &Efforts::Stub::GetEffortReport, report);
  ASSERT_OK(sums);
  EXPECT_EQ(sums->total_minutes(), 120);
  EXPECT_NE(sums->sums(0).step_title(), "");
  v1::CreateLessonRequest lesson;
  lesson.set_parent(pilot.name());
  lesson.mutable_lesson()->set_kind(v1::Lesson::KIND_TRY);
  lesson.mutable_lesson()->set_text("名簿は初回に受け取る");
  ASSERT_OK(As<Pilots>("consultant", &Pilots::Stub::CreateLesson, lesson));
  const auto pilots =
      As<Pilots>("reporter", &Pilots::Stub::ReportPilots, v1::ReportPilotsRequest());
  ASSERT_OK(pilots);
  ASSERT_EQ(pilots->pilots_size(), 1);
  EXPECT_EQ(pilots->pilots(0).effort_minutes(), 120);
  EXPECT_EQ(pilots->pilots(0).price_yen(), 110000);
  ASSERT_EQ(pilots->pilots(0).lessons_size(), 1);
  EXPECT_EQ(pilots->pilots(0).lessons(0).author(), world_.user("consultant"));
}

TEST_F(WorkTest, EffortEntriesAreReadByConsultantsOnly) {
  const v1::Engagement engagement = Open();
  v1::CreateEffortEntryRequest effort;
  effort.set_parent(engagement.name());
  effort.mutable_effort_entry()->set_step("1.1");
  std::vector<std::string> names;
  for (const int minutes : {30, 45, 60}) {
    effort.mutable_effort_entry()->set_minutes(minutes);
    *effort.mutable_effort_entry()->mutable_work_date() = ToProtoDate(today_ - minutes);
    const auto entry = As<Efforts>("consultant", &Efforts::Stub::CreateEffortEntry, effort);
    ASSERT_OK(entry);
    names.push_back(entry->name());
  }
  v1::GetEffortEntryRequest get;
  get.set_name(names[1]);
  const auto read = As<Efforts>("consultant", &Efforts::Stub::GetEffortEntry, get);
  ASSERT_OK(read);
  EXPECT_EQ(read->minutes(), 45);
  EXPECT_EQ(FromProtoDate(read->work_date()), today_ - 45);
  EXPECT_THAT(As<Efforts>("reporter", &Efforts::Stub::GetEffortEntry, get),
              StatusIs(StatusCode::kPermissionDenied));
  get.set_name(engagement.name() + "/effortEntries/" + NewId(RealClock()()));
  EXPECT_THAT(As<Efforts>("consultant", &Efforts::Stub::GetEffortEntry, get),
              StatusIs(StatusCode::kNotFound));

  v1::ListEffortEntriesRequest list;
  list.set_parent(engagement.name());
  list.set_page_size(2);
  const auto page = As<Efforts>("consultant", &Efforts::Stub::ListEffortEntries, list);
  ASSERT_OK(page);
  ASSERT_EQ(page->effort_entries_size(), 2);
  list.set_page_token(page->next_page_token());
  const auto rest = As<Efforts>("consultant", &Efforts::Stub::ListEffortEntries, list);
  ASSERT_OK(rest);
  ASSERT_EQ(rest->effort_entries_size(), 1);
  EXPECT_EQ(rest->next_page_token(), "");
  EXPECT_THAT(
      (std::vector<std::string>{page->effort_entries(0).name(), page->effort_entries(1).name(),
                                rest->effort_entries(0).name()}),
      UnorderedElementsAreArray(names));
  EXPECT_THAT(As<Efforts>("reporter", &Efforts::Stub::ListEffortEntries, list),
              StatusIs(StatusCode::kPermissionDenied));
  list.set_parent(Open().name());
  EXPECT_THAT(As<Efforts>("consultant", &Efforts::Stub::ListEffortEntries, list),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("page_token")))
      << "the token of another engagement's list";
}

TEST_F(WorkTest, LessonsAreListedWithTheirAuthors) {
  const v1::Engagement engagement = Open();
  v1::CreateLessonRequest lesson;
  lesson.set_parent(engagement.name());
  const std::vector<std::pair<v1::Lesson::Kind, std::string>> kept = {
      {v1::Lesson::KIND_KEEP, "朝礼で配った"}, {v1::Lesson::KIND_TRY, "名簿は初回に受け取る"}};
  for (const auto& [kind, text] : kept) {
    lesson.mutable_lesson()->set_kind(kind);
    lesson.mutable_lesson()->set_text(text);
    ASSERT_OK(As<Pilots>("consultant", &Pilots::Stub::CreateLesson, lesson));
  }
  lesson.mutable_lesson()->clear_text();
  EXPECT_THAT(As<Pilots>("consultant", &Pilots::Stub::CreateLesson, lesson),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("lesson.text")));
  v1::ListLessonsRequest list;
  list.set_parent(engagement.name());
  const auto lessons = As<Pilots>("consultant", &Pilots::Stub::ListLessons, list);
  ASSERT_OK(lessons);
  ASSERT_EQ(lessons->lessons_size(), 2);
  std::vector<std::pair<v1::Lesson::Kind, std::string>> found;
  for (const auto& each : lessons->lessons()) {
    found.emplace_back(each.kind(), each.text());
    EXPECT_EQ(each.author(), world_.user("consultant"));
  }
  EXPECT_THAT(found, UnorderedElementsAreArray(kept));
  EXPECT_THAT(As<Pilots>("reporter", &Pilots::Stub::ListLessons, list),
              StatusIs(StatusCode::kPermissionDenied));
}

TEST_F(WorkTest, ATaskIsReadByItsName) {
  const v1::Engagement engagement = Open();
  v1::CreateTaskRequest create;
  create.set_parent(engagement.name());
  create.mutable_task()->set_title("ルーターの型番を調べる");
  create.mutable_task()->set_side(v1::SIDE_CLIENT);
  *create.mutable_task()->mutable_due_date() = ToProtoDate(today_ + 5);
  const auto task = As<Tasks>("consultant", &Tasks::Stub::CreateTask, create);
  ASSERT_OK(task);
  v1::GetTaskRequest get;
  get.set_name(task->name());
  const auto read = As<Tasks>("consultant", &Tasks::Stub::GetTask, get);
  ASSERT_OK(read);
  EXPECT_EQ(read->title(), "ルーターの型番を調べる");
  EXPECT_EQ(FromProtoDate(read->due_date()), today_ + 5);
  EXPECT_EQ(read->etag(), task->etag());
  EXPECT_THAT(As<Tasks>("other-consultant", &Tasks::Stub::GetTask, get),
              StatusIs(StatusCode::kPermissionDenied));
  get.set_name(engagement.name() + "/tasks/" + NewId(RealClock()()));
  EXPECT_THAT(As<Tasks>("consultant", &Tasks::Stub::GetTask, get), StatusIs(StatusCode::kNotFound));
}

}  // namespace
}  // namespace staraction::engagement
