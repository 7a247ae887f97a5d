#include "services/declaration/declaration_test_fixture.h"

// The planned day, and what comes after a declaration.
namespace staraction::declaration {
namespace {

using test::CallAs;
using test::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class RecordTest : public DeclarationServiceTest {
 protected:
  absl::StatusOr<v1::Declaration> Plan(const std::string& name,
                                       std::optional<google::type::Date> day) {
    v1::PlanDeclarationRequest request;
    request.set_name(name);
    if (day) *request.mutable_planned_date() = *day;
    return CallAs(keys_.User("president"), *declarations_, &Stub::PlanDeclaration, request);
  }
  static std::vector<std::string> Warnings(const v1::Declaration& declaration) {
    std::vector<std::string> codes;
    for (const auto& warning : declaration.gbiz_id().warnings()) codes.push_back(warning.code());
    return codes;
  }
  v1::RecordLogoRequest LogoRequest(const std::string& name) {
    v1::RecordLogoRequest request;
    request.set_name(name);
    *request.mutable_obtain_date() = Day(10, 1);
    request.set_obtained_by("𠮷田 花子");
    request.set_terms_read(true);
    return request;
  }
  v1::RecordChangeRequest ChangeRequest(const std::string& name) {
    v1::RecordChangeRequest request;
    request.set_name(name);
    *request.mutable_change_date() = Day(10, 1);
    request.set_reason("代表者の交代");
    request.set_submitted_by("𠮷田 花子");
    (*request.mutable_fields())["REPRESENTATIVE_NAME"] = "山﨑 次郎";
    return request;
  }
};

TEST_F(RecordTest, WarningsLookAtThePlannedDay) {
  engagements_->client.mutable_gbiz_id()->set_kind(engagement::v1::GbizId::KIND_PRIME);
  ASSERT_OK_AND_ASSIGN(const v1::Declaration draft, Create());
  EXPECT_THAT(Warnings(draft), ElementsAre("NOT_APPLIED"));
  ASSERT_OK_AND_ASSIGN(const v1::Declaration planned, Plan(draft.name(), Day(10, 15)));
  EXPECT_THAT(Warnings(planned), ElementsAre("NOT_APPLIED", "SHORT_LEAD"));
  ASSERT_OK_AND_ASSIGN(const v1::Declaration unplanned, Plan(draft.name(), std::nullopt));
  EXPECT_FALSE(unplanned.has_planned_date());
  EXPECT_THAT(BadFields(Plan(draft.name(), Day(9, 30)).status()), ElementsAre("planned_date"));
}

TEST_F(RecordTest, ThePurposeMakesAMemberAWarning) {
  engagements_->client.mutable_gbiz_id()->set_kind(engagement::v1::GbizId::KIND_MEMBER);
  engagements_->client.mutable_gbiz_id()->set_ready(true);
  ASSERT_OK_AND_ASSIGN(const v1::Declaration draft, Create());
  EXPECT_THAT(Warnings(draft), IsEmpty());
  ASSERT_OK_AND_ASSIGN(const v1::Declaration subsidy, Set(draft.name(), {{"PURPOSE", "SUBSIDY"}}));
  EXPECT_THAT(Warnings(subsidy), ElementsAre("MEMBER_FOR_SUBSIDY"));
}

TEST_F(RecordTest, LogoFilesAreRecordedOnceThereIsAnId) {
  const std::string early = Complete();
  EXPECT_THAT(CallAs(Consultant(), *declarations_, &Stub::RecordLogo, LogoRequest(early)),
              StatusIs(absl::StatusCode::kFailedPrecondition));
  ASSERT_OK(Stop(early));
  const std::string name = Issued();
  v1::RecordLogoRequest request = LogoRequest(name);
  ASSERT_OK_AND_ASSIGN(const v1::Declaration recorded,
                       CallAs(Consultant(), *declarations_, &Stub::RecordLogo, request));
  ASSERT_EQ(recorded.logos_size(), 1);
  EXPECT_TRUE(recorded.logos(0).terms_read());
  EXPECT_EQ(recorded.logos(0).obtained_by(), "𠮷田 花子");
  *request.mutable_obtain_date() = Day(9, 29);
  EXPECT_THAT(BadFields(CallAs(Consultant(), *declarations_, &Stub::RecordLogo, request).status()),
              ElementsAre("obtain_date"));
}

TEST_F(RecordTest, ChangesKeepWhatWasBefore) {
  const std::string name = Issued();
  v1::RecordChangeRequest request = ChangeRequest(name);
  ASSERT_OK_AND_ASSIGN(const v1::Declaration changed,
                       CallAs(Consultant(), *declarations_, &Stub::RecordChange, request));
  EXPECT_EQ(changed.state(), v1::Declaration::STATE_ISSUED);
  EXPECT_EQ(Field(changed, "REPRESENTATIVE_NAME").value(), "山﨑 次郎");
  ASSERT_EQ(changed.changes_size(), 1);
  ASSERT_EQ(changed.changes(0).fields_size(), 1);
  EXPECT_EQ(changed.changes(0).fields(0).before(), "山﨑 髙志");
  EXPECT_EQ(changed.changes(0).fields(0).after(), "山﨑 次郎");
  EXPECT_EQ(changed.changes(0).fields(0).label(), "代表者の氏名");
  ASSERT_OK_AND_ASSIGN(const v1::Declaration read, Get(name));
  EXPECT_EQ(read.events(read.events_size() - 1).kind(), "recordChange");
  (*request.mutable_fields())["NO_SUCH_FIELD"] = "x";
  EXPECT_THAT(
      BadFields(CallAs(Consultant(), *declarations_, &Stub::RecordChange, request).status()),
      ElementsAre("fields[NO_SUCH_FIELD]"));
}

}  // namespace
}  // namespace staraction::declaration
