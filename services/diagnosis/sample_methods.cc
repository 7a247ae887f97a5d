// Drawing people from the roster.

#include <openssl/rand.h>

#include <cstring>
#include <limits>
#include <map>

#include "absl/strings/str_cat.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "common/status/errors.h"
#include "services/diagnosis/answer_sheet_service.h"
#include "services/diagnosis/domain/life.h"
#include "services/diagnosis/domain/sample.h"
#include "services/diagnosis/store/tables.h"

namespace staraction::diagnosis {
namespace {

using pg::Transaction;
using Reactor = AnswerSheetService::Reactor;

absl::StatusOr<int> SizeOf(const v1::DrawSampleRequest& request,
                           const content::v1::Questionnaire& questions, int population) {
  if (request.size() > 0) return std::min(request.size(), population);
  if (questions.has_sample()) return domain::SampleSizeFor(questions.sample(), population);
  return InvalidField("size", "the questionnaire says no size of samples; want a number",
                      "この質問票には人数の決まりがありません。人数を指定してください");
}

}  // namespace

SeedSource RandomSeeds() {
  return [] {
    unsigned char bytes[sizeof(uint64_t)];
    RAND_bytes(bytes, sizeof(bytes));
    uint64_t number = 0;
    std::memcpy(&number, bytes, sizeof(number));
    return static_cast<int64_t>(number & std::numeric_limits<int64_t>::max());
  };
}

Reactor* AnswerSheetService::DrawSample(Context* context, const v1::DrawSampleRequest* request,
                                        v1::DrawSampleResponse* response) {
  return rpc_.Unary(context, request, response,
                    [this, request](const Call& call) -> absl::StatusOr<v1::DrawSampleResponse> {
                      const std::string engagement =
                          request->name().substr(0, request->name().find("/diagnoses/"));
                      SA_ASSIGN_OR_RETURN(const auto staff, roster_.Staff(call, engagement));
                      const int64_t seed = request->has_seed() ? request->seed() : seeds_();
                      return pool_.Write(call, *request, [&](Transaction& tx) {
                        return Draw(tx, *request, seed, staff);
                      });
                    });
}

absl::StatusOr<v1::DrawSampleResponse> AnswerSheetService::Draw(
    Transaction& tx, const v1::DrawSampleRequest& request, int64_t seed,
    const std::vector<Person>& staff) const {
  SA_ASSIGN_OR_RETURN(v1::Diagnosis diagnosis, kDiagnoses.Lock(tx, request.name()));
  SA_RETURN_IF_ERROR(domain::After(diagnosis, "drawSample").status());
  SA_ASSIGN_OR_RETURN(const auto* questions, QuestionsFor(diagnosis));
  const int population = static_cast<int>(staff.size());
  if (population == 0) {
    return CriteriaUnmet(diagnosis.name(),
                         {{"roster", "nobody counts today", "対象になる人が名簿にいません"}});
  }
  SA_ASSIGN_OR_RETURN(const int size, SizeOf(request, *questions, population));
  std::map<std::string, const Person*> people;
  std::vector<std::string> members;
  for (const Person& person : staff) {
    people[person.member] = &person;
    members.push_back(person.member);
  }
  const auto ids = OrderedIds(tx.now(), size);
  std::vector<v1::AnswerSheet> sheets;
  for (const std::string& member : domain::DrawMembers(seed, std::move(members), size)) {
    v1::AnswerSheet given;
    given.set_perspective(v1::AnswerSheet::PERSPECTIVE_STAFF);
    given.set_member(member);
    SA_ASSIGN_OR_RETURN(auto sheet,
                        Prepare(tx.call(), *questions, given, {"", *people.at(member)}));
    sheet.set_sampled(true);
    sheet.set_name(absl::StrCat(diagnosis.name(), "/answerSheets/", ids[sheets.size()]));
    sheets.push_back(std::move(sheet));
  }
  SA_RETURN_IF_ERROR(kAnswerSheets.InsertAll(tx, sheets));
  v1::Sample& sample = *diagnosis.mutable_sample();
  sample.set_seed(seed);
  sample.set_population(population);
  sample.set_size(size);
  *sample.mutable_draw_time() = pg::ToTimestamp(tx.now());
  v1::DrawSampleResponse response;
  *response.mutable_sample() = sample;
  SA_RETURN_IF_ERROR(kDiagnoses.Update(tx, std::move(diagnosis)).status());
  for (auto& sheet : sheets) {
    *response.add_answer_sheets() = Shown(tx.call(), questions, SheetCounts(), std::move(sheet));
  }
  return response;
}

}  // namespace staraction::diagnosis
