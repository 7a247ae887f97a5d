#include "services/risk/state_service.h"

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "common/resource/etag.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/risk/act.h"
#include "services/risk/risk_content.h"
#include "services/risk/states.h"

namespace staraction::risk {
namespace {

using content::v1::ThreatCatalogue;
using google::protobuf::RepeatedPtrField;
using pg::Transaction;
using Reactor = StateService::Reactor;

// The page that starts after the state whose code the token has.
template <typename State, typename Request, typename Response>
absl::StatusOr<Response> Page(const std::vector<State>& all, const Request& request,
                              RepeatedPtrField<State>* (Response::*items)()) {
  SA_ASSIGN_OR_RETURN(const PageQuery page,
                      ReadPage(request.page_size(), request.page_token(), request, 1));
  auto at = all.begin();
  if (!page.after_key.empty()) {
    while (at != all.end() && LastId(at->name()) != page.after_key[0]) ++at;
    if (at != all.end()) ++at;
  }
  Response response;
  for (int i = 0; i < page.size && at != all.end(); ++i, ++at) {
    *(response.*items)()->Add() = *at;
  }
  if (at != all.end()) {
    response.set_next_page_token(NextToken(request, {LastId(std::prev(at)->name())}));
  }
  return response;
}

template <typename State>
void DescribeAll(const ModelContent& content, Language language, std::vector<State>& states) {
  const domain::Words words = content.WordsIn(language);
  for (State& state : states) Describe(*content.catalogue, words, state);
}

template <typename State, typename Request, typename Response>
absl::StatusOr<Response> ListStates(Transaction& tx, const ModelContent& content,
                                    const Request& request,
                                    RepeatedPtrField<State>* (Response::*items)()) {
  std::vector<State> all;
  SA_RETURN_IF_ERROR(ReadAll(tx, *content.catalogue, all));
  DescribeAll(content, tx.call().language, all);
  return Page(all, request, items);
}

// Makes the state the next one of its threat or control.
template <typename State>
void MakeNext(const Transaction& tx, const StatesByCode<State>& present,
              const ThreatCatalogue& catalogue, State& state) {
  const auto now = present.find(LastId(state.name()));
  state.set_revision(now == present.end() ? 1 : now->second.revision() + 1);
  state.set_pack(PackName(catalogue.pack()));
  state.set_recorded_by(tx.call().Actor());
}

// Sorts the proposals, and stores those that are new unless the request only asks.
template <typename Response, typename State, typename Request>
absl::StatusOr<Response> Propose(Transaction& tx, const ModelContent& content,
                                 const Request& request, std::vector<State> proposals,
                                 RepeatedPtrField<State>* (Response::*items)()) {
  StatesByCode<State> present;
  SA_RETURN_IF_ERROR(ReadPresent(tx, present));
  auto sorted = domain::Sort(std::move(proposals), present);
  for (State& state : sorted.fresh) {
    MakeNext(tx, present, *content.catalogue, state);
    *state.mutable_effective_time() = pg::ToTimestamp(tx.now());
  }
  if (!request.validate_only()) SA_RETURN_IF_ERROR(AppendStates(tx, sorted.fresh));
  DescribeAll(content, tx.call().language, sorted.fresh);
  DescribeAll(content, tx.call().language, sorted.differing);
  Response response;
  for (State& state : sorted.fresh) *(response.*items)()->Add() = std::move(state);
  for (State& state : sorted.differing) *response.add_differing() = std::move(state);
  response.set_unchanged_count(sorted.unchanged);
  return response;
}

// Stores what a person says of these states.
template <typename State, typename Request, typename Response>
absl::StatusOr<Response> Update(Transaction& tx, const ModelContent& content,
                                const Request& request, const std::string& field,
                                const RepeatedPtrField<State>& given,
                                RepeatedPtrField<State>* (Response::*items)()) {
  std::vector<State> known;
  SA_RETURN_IF_ERROR(ReadAll(tx, *content.catalogue, known));
  const auto problems = Problems(tx.call(), field, given, known);
  if (!problems.empty()) return InvalidFields(problems);
  SA_ASSIGN_OR_RETURN(const auto effective, EffectiveTime(tx.call(), request, "effective_time"));
  StatesByCode<State> present;
  for (State& state : known) {
    const std::string code = LastId(state.name());
    present.emplace(code, std::move(state));
  }
  std::vector<State> next(given.begin(), given.end());
  for (State& state : next) {
    const State& now = present.at(LastId(state.name()));
    // Before the first revision there is nothing that the caller could have missed.
    if (now.revision() > 0) SA_RETURN_IF_ERROR(CheckEtag(state.etag(), now.etag(), now.name()));
    MakeNext(tx, present, *content.catalogue, state);
    state.set_source(v1::STATE_SOURCE_PERSON);
    state.set_confirmed(true);
    state.set_channel(ChannelOf(tx.call(), request.channel()));
    *state.mutable_effective_time() = effective;
  }
  SA_RETURN_IF_ERROR(AppendStates(tx, next));
  DescribeAll(content, tx.call().language, next);
  Response response;
  for (State& state : next) *(response.*items)()->Add() = std::move(state);
  return response;
}

}  // namespace

absl::StatusOr<std::string> StateService::IndustryFor(const Call& call, const std::string& given) {
  if (given.empty()) return company_.Industry(call);
  std::string codes;
  if (const auto* industries = library_.FindCodeList("industries"); industries != nullptr) {
    for (const auto& entry : industries->entries()) {
      if (entry.code() == given) return given;
      absl::StrAppend(&codes, codes.empty() ? "" : ", ", entry.code());
    }
  }
  return InvalidField(
      "industry", absl::StrCat("'", given, "' is unknown; want one of ", codes),
      absl::StrCat("「", given, "」は業種の一覧にありません。次のいずれか: ", codes));
}

absl::StatusOr<domain::GivenAnswers> StateService::AnswersOf(
    const Call& call, const RepeatedPtrField<std::string>& diagnoses) {
  domain::GivenAnswers answers;
  for (int i = 0; i < diagnoses.size(); ++i) {
    const auto diagnosis = work_.Diagnosis(call, diagnoses[i]);
    const bool none = absl::IsNotFound(diagnosis.status()) ||
                      (diagnosis.ok() && diagnosis->client() != call.client_name());
    if (none ||
        (diagnosis.ok() && diagnosis->state() != diagnosis::v1::Diagnosis::STATE_CONCLUDED)) {
      return InvalidField(
          absl::StrCat("diagnoses[", i, "]"),
          absl::StrCat("'", diagnoses[i], "' is no concluded diagnosis of this client"),
          absl::StrCat("「", diagnoses[i], "」は、この会社の確定した診断ではありません"));
    }
    SA_RETURN_IF_ERROR(diagnosis.status());
    for (const auto& answer : diagnosis->answers()) {
      answers[answer.item()] = {answer.answer(), diagnosis->name()};
    }
  }
  return answers;
}

Reactor* StateService::ListThreatStates(Context* context,
                                        const v1::ListThreatStatesRequest* request,
                                        v1::ListThreatStatesResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) {
      return ListStates(tx, NewestModel(library_), *request,
                        &v1::ListThreatStatesResponse::mutable_threat_states);
    });
  });
}

Reactor* StateService::ProposeThreatStates(Context* context,
                                           const v1::ProposeThreatStatesRequest* request,
                                           v1::ProposeThreatStatesResponse* response) {
  return rpc_.Unary(
      context, request, response,
      [this, request](const Call& call) -> absl::StatusOr<v1::ProposeThreatStatesResponse> {
        SA_ASSIGN_OR_RETURN(const std::string industry, IndustryFor(call, request->industry()));
        const ModelContent content = NewestModel(library_);
        const auto propose = [&](Transaction& tx) {
          return Propose(tx, content, *request,
                         domain::ProposeThreats(*content.catalogue, call.client_name(), industry),
                         &v1::ProposeThreatStatesResponse::mutable_threat_states);
        };
        if (request->validate_only()) return pool_.Read(call, propose);
        return pool_.Write(call, *request, propose);
      });
}

Reactor* StateService::BatchUpdateThreatStates(Context* context,
                                               const v1::BatchUpdateThreatStatesRequest* request,
                                               v1::BatchUpdateThreatStatesResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) {
      return Update(tx, NewestModel(library_), *request, "threat_states", request->threat_states(),
                    &v1::BatchUpdateThreatStatesResponse::mutable_threat_states);
    });
  });
}

Reactor* StateService::ListThreatStateRevisions(Context* context,
                                                const v1::ListThreatStateRevisionsRequest* request,
                                                v1::ListThreatStateRevisionsResponse* response) {
  return rpc_.Unary(
      context, request, response,
      [this, request](const Call& call) -> absl::StatusOr<v1::ListThreatStateRevisionsResponse> {
        SA_RETURN_IF_ERROR(
            ParseName("clients/{client}/threatStates/{threat_state}", request->name()).status());
        SA_ASSIGN_OR_RETURN(auto page, pool_.Read(call, [&](Transaction& tx) {
          return ListRevisions(tx, *request);
        }));
        DescribeAll(NewestModel(library_), call.language, page.items);
        return pg::ToResponse(std::move(page),
                              &v1::ListThreatStateRevisionsResponse::mutable_threat_states);
      });
}

Reactor* StateService::ListControlStates(Context* context,
                                         const v1::ListControlStatesRequest* request,
                                         v1::ListControlStatesResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) {
      return ListStates(tx, NewestModel(library_), *request,
                        &v1::ListControlStatesResponse::mutable_control_states);
    });
  });
}

Reactor* StateService::ProposeControlStates(Context* context,
                                            const v1::ProposeControlStatesRequest* request,
                                            v1::ProposeControlStatesResponse* response) {
  return rpc_.Unary(
      context, request, response,
      [this, request](const Call& call) -> absl::StatusOr<v1::ProposeControlStatesResponse> {
        SA_ASSIGN_OR_RETURN(const std::string industry, IndustryFor(call, request->industry()));
        SA_ASSIGN_OR_RETURN(const auto answers, AnswersOf(call, request->diagnoses()));
        SA_ASSIGN_OR_RETURN(const auto measures, work_.DoneControls(call));
        const ModelContent content = NewestModel(library_);
        const auto propose = [&](Transaction& tx) {
          return Propose(tx, content, *request,
                         domain::ProposeControls(*content.catalogue, call.client_name(), industry,
                                                 answers, measures),
                         &v1::ProposeControlStatesResponse::mutable_control_states);
        };
        if (request->validate_only()) return pool_.Read(call, propose);
        return pool_.Write(call, *request, propose);
      });
}

Reactor* StateService::BatchUpdateControlStates(Context* context,
                                                const v1::BatchUpdateControlStatesRequest* request,
                                                v1::BatchUpdateControlStatesResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) {
      return Update(tx, NewestModel(library_), *request, "control_states",
                    request->control_states(),
                    &v1::BatchUpdateControlStatesResponse::mutable_control_states);
    });
  });
}

Reactor* StateService::ListControlStateRevisions(
    Context* context, const v1::ListControlStateRevisionsRequest* request,
    v1::ListControlStateRevisionsResponse* response) {
  return rpc_.Unary(
      context, request, response,
      [this, request](const Call& call) -> absl::StatusOr<v1::ListControlStateRevisionsResponse> {
        SA_RETURN_IF_ERROR(
            ParseName("clients/{client}/controlStates/{control_state}", request->name()).status());
        SA_ASSIGN_OR_RETURN(auto page, pool_.Read(call, [&](Transaction& tx) {
          return ListRevisions(tx, *request);
        }));
        DescribeAll(NewestModel(library_), call.language, page.items);
        return pg::ToResponse(std::move(page),
                              &v1::ListControlStateRevisionsResponse::mutable_control_states);
      });
}

}  // namespace staraction::risk
