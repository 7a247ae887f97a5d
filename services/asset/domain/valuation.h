#ifndef STARACTION_SERVICES_ASSET_DOMAIN_VALUATION_H_
#define STARACTION_SERVICES_ASSET_DOMAIN_VALUATION_H_

#include <string>
#include <vector>

#include "common/status/errors.h"
#include "common/status/grpc_status.h"
#include "staraction/asset/v1/asset.pb.h"
#include "staraction/content/v1/asset_scheme.pb.h"

// What a company's judgement of an asset comes to. Importance is the highest of confidentiality,
// integrity and availability, and the scale's highest level where personal information is in it or
// an incident means liability (the guideline's rule in every edition; the numbers are the scale's).
namespace staraction::asset::domain {

// What is wrong with the codes of an asset, on fields that begin with `prefix` ("asset."): unknown
// medium, flags, levels and stages, doubled ones, a liability without its reason.
std::vector<Violation> CodeProblems(const content::v1::AssetScheme& scheme,
                                    const content::v1::ValueScale& scale, const v1::Asset& asset,
                                    const std::string& prefix);

// Sets importance_level and importance_rank of an asset without problems.
void Value(const content::v1::AssetScheme& scheme, const content::v1::ValueScale& scale,
           v1::Asset& asset);

// Fills in what replies show besides: numbers of the scale, why the importance was raised, names,
// stages. A level that the scale doesn't have shows 0.
void Show(const content::v1::AssetScheme& scheme, const content::v1::ValueScale& scale,
          Language language, v1::Asset& asset);

}  // namespace staraction::asset::domain

#endif  // STARACTION_SERVICES_ASSET_DOMAIN_VALUATION_H_
